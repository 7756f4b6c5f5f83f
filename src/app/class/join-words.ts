/** What those read who come into a class. */
import { text } from '../../lessons/shared/text.ts';
import { worded } from './worded.ts';

export const joinWords = worded({
  title: text('You are in', '你已加入'),
  description: text(
    'Come into a class: the lesson opens with a seed of your own.',
    '加入课堂：课程会以你自己的种子打开。',
  ),
  seed: (seed: number) =>
    text(
      `Your seed is ${seed}: the number from which all random choices of your run start. Everybody here has another.`,
      `你的种子是 ${seed}：你这次运行的所有随机选择都从这个数开始。这里每个人的种子都不同。`,
    ),
  size: (size: string) => text(`Size of the experiment: ${size}.`, `实验规模：${size}。`),
  begin: text('Begin', '开始'),
  another: text('Somebody else was here before', '之前是别人在用'),
  private: text(
    'No name and no account. When you have finished, the lesson offers your result as a link or a code; nothing is sent by itself.',
    '不要姓名，也不要账号。完成后，课程会把你的结果做成链接或二维码；不会自行发送任何东西。',
  ),
});
