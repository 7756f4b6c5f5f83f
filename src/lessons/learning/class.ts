/** What a class needs of learning. */
import type { ForClass } from '../for-class.ts';
import { text } from '../shared/text.ts';

export const forClass: ForClass = {
  question: {
    asked: text(
      'Measurements contain random errors. A network is trained on some of them, longer and longer. How low can its error on new measurements get?',
      '测量值带有随机误差。一个网络用其中一部分训练，越来越久。它在新测量值上的误差能降到多低？',
    ),
    options: [
      text('To zero, if it is only trained long enough', '只要训练得够久，就能降到零'),
      text('To the size of the random errors, and no lower', '降到随机误差的大小，不会更低'),
      text('As low as its error on the examples that it trained on', '与它在训练样本上的误差一样低'),
      text('As low as the learning rate is large', '学习率越大，降得越低'),
    ],
    right: 1,
    because: text(
      'What is random in a new measurement cannot be known from others. On its own examples the error may fall below that: then the network has learned their errors by heart.',
      '新测量值里随机的部分无法从别的测量值得知。在自己的样本上，误差可以更低：那说明网络把这些样本的误差也背了下来。',
    ),
  },
  pooled: { figure: 'curve', role: 'validation', mark: 'line' },
  headline: text(
    '“AI keeps improving as long as it keeps training.”',
    '“只要一直训练，人工智能就会一直变好。”',
  ),
  answers: text(
    'Many draw a straight line to zero. Ask what the last bit of error consists of, and whether anybody could guess a coin.',
    '许多人画一条直线降到零。问一问：最后剩下的误差是什么？有谁能猜中抛硬币？',
  ),
};
