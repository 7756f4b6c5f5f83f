/** What a class needs of scaling-laws. */
import type { ForClass } from '../for-class.ts';
import { text } from '../shared/text.ts';

export const forClass: ForClass = {
  question: {
    asked: text(
      'The losses of seven models lie on one line on logarithmic axes. What do you know of a model three times as large as the largest?',
      '七个模型的损失在对数坐标上落在一条线上。对一个比最大者还大三倍的模型，你知道什么？',
    ),
    options: [
      text('Exactly its loss: it is a law', '它的确切损失：这是定律'),
      text('Nothing: seven points say nothing about an eighth', '一无所知：七个点说明不了第八个'),
      text('What it will be able to do', '它将会做什么'),
      text(
        'About its loss, within a band that now and then is missed',
        '它的大致损失，落在一个偶尔会落空的区间里',
      ),
    ],
    right: 3,
    because: text(
      'A fit promises a range and how often it is right. It says nothing about abilities, and less the further away the model is.',
      '拟合承诺的是一个范围和它说中的频率。它不谈能力；模型越远，它说得越少。',
    ),
  },
  pooled: { figure: 'law', role: 'fit', mark: 'line', place: 'held-out' },
  headline: text(
    '“Scaling laws show: the next model will be smarter.”',
    '“规模定律表明：下一个模型会更聪明。”',
  ),
  answers: text(
    'Lines are mostly set too high or continued straight. Count the bands that held: a 90% band that never misses is too wide.',
    '横线大多放得太高，或按直线延长。数一数说中的区间：从不落空的 90% 区间是太宽了。',
  ),
};
