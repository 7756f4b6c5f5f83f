/** What a class needs of overtraining. */
import type { ForClass } from '../for-class.ts';
import { text } from '../shared/text.ts';

export const forClass: ForClass = {
  question: {
    asked: text(
      'A model will answer very many questions. Two models of the same quality can be had: which is cheaper over its life?',
      '一个模型要回答非常多的问题。有两个质量相同的模型可选：从一生来看哪个更便宜？',
    ),
    options: [
      text(
        'The one whose training was compute-optimal: optimal is optimal',
        '训练上计算最优的那个：最优就是最优',
      ),
      text('The larger: it needs fewer examples', '较大的那个：它需要的样本更少'),
      text('The smaller, trained for longer than is optimal', '较小的那个，训练得比最优更久'),
      text('Both the same: answers cost next to nothing', '一样：回答几乎不花什么'),
    ],
    right: 2,
    because: text(
      'Training is paid once, each answer again. After enough answers the dearer training of the small model has paid off.',
      '训练只付一次，每个回答都要再付。回答得够多，小模型较贵的训练就回了本。',
    ),
  },
  pooled: { figure: 'lifetime', role: 'measured', mark: 'line' },
  headline: text('“Why the best-selling models are small.”', '“最畅销的模型为什么是小模型。”'),
  answers: text(
    'Guesses reach from just above 1 to 10 times. Ask who pays for training, and who for answers.',
    '猜测从略高于 1 倍到 10 倍都有。问一问：训练由谁付钱，回答由谁付钱？',
  ),
};
