/** What a class needs of emergence-by-size. */
import type { ForClass } from '../for-class.ts';
import { text } from '../shared/text.ts';

export const forClass: ForClass = {
  question: {
    asked: text(
      'Small models cannot add at all, larger ones can. What does the size at which that changes tell?',
      '小模型完全不会加法，大模型会。发生变化的那个规模说明了什么？',
    ),
    options: [
      text('A number of parameters from which every model can do it', '参数达到这个数目，任何模型都会'),
      text('That the larger model has begun to understand numbers', '大模型开始理解数字了'),
      text('Nothing: such jumps come from the way of scoring', '什么也没有：这类跳跃来自计分方式'),
      text(
        'Where luck, training time and size together suffice more often than not',
        '在这里，运气、训练时间和规模合起来多半够用',
      ),
    ],
    right: 3,
    because: text(
      'Near the threshold some seeds succeed and others do not, and with more steps it moves to smaller sizes. The loss jumps too, so it is not the score alone.',
      '在阈值附近，有的种子成功，有的不成功；多训练几步，阈值就移向更小的规模。损失也在跳，所以并不只是计分的缘故。',
    ),
  },
  pooled: { figure: 'ability', role: 'measured', mark: 'line' },
  headline: text(
    '“Past 60 billion parameters, AI suddenly acquires new abilities.”',
    '“超过 600 亿参数，人工智能突然获得新能力。”',
  ),
  answers: text(
    'Most draw a slope. The thresholds of the class differ: ask why, and what one seed would have made you believe.',
    '大多数人画一条斜坡。全班的阈值各不相同：问问为什么，只用一个种子会让人相信什么。',
  ),
};
