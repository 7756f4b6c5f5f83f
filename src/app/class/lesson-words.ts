/** What the page of a lesson says of its question of four options, and of giving a result to a class. */
import { text } from '../../lessons/shared/text.ts';
import { worded } from './worded.ts';

export const lessonWords = worded({
  after: text('And what do you think at the end?', '到最后，你怎么看？'),
  kept: text('Kept. The same question comes again at the end.', '已记下。到最后会再问一次。'),
  submit: text('That is my answer', '这是我的答案'),
  was: text('Before:', '之前：'),
  none: text('no answer', '未回答'),
  is: text('At the end:', '最后：'),
  right: text('What the runs support:', '运行所支持的：'),
  give: text('Give to the class', '交给班级'),
  hide: text('Hide', '收起'),
  what: text(
    'Your prediction, your numbers and your answers, without a name. Send the link, save the file, or show the code to whoever gathers.',
    '你的预测、数值和回答，不含姓名。把链接发给汇集的人，或保存文件，或出示二维码。',
  ),
  link: text('Link of your result', '你的结果链接'),
  save: text('Save as a file', '保存为文件'),
  code: text('QR code of your result', '你的结果的二维码'),
  changed: text(
    'Settings were changed: a class pools runs of the lesson as it is.',
    '设置已改动：班级只汇集按课程原样的运行。',
  ),
  failed: (why: string) => text(`It could not be made: ${why}`, `未能生成：${why}`),
});
