/** What a class needs of compute-optimal. */
import type { ForClass } from '../for-class.ts';
import { text } from '../shared/text.ts';

export const forClass: ForClass = {
  question: {
    asked: text(
      'You have a fixed budget of calculations for one model. How do you spend it best?',
      '你有一笔固定的计算预算来训练一个模型。怎样用最好？',
    ),
    options: [
      text('On the largest model that it pays for', '用于买得起的最大的模型'),
      text(
        'On a size in between, which grows with the budget as the data does',
        '用于居中的规模；它与数据一起随预算增长',
      ),
      text('On as much data as possible: size hardly matters', '用于尽可能多的数据：规模几乎无关'),
      text('It makes no difference: compute is compute', '没有区别：计算就是计算'),
    ],
    right: 1,
    because: text(
      'Too large a model sees too little, too small a one cannot hold it. Near the best size the valley is flat, so that a factor of two costs little.',
      '太大的模型看得太少，太小的装不下。在最优规模附近谷底平坦，差两倍代价也很小。',
    ),
  },
  pooled: { figure: 'valleys', role: 'size', mark: 'line' },
  headline: text('“The race for the largest model.”', '“最大模型的竞赛。”'),
  answers: text(
    'Most place the point too far to the right. Ask what the largest model on the chart had time to see.',
    '大多数人把点放得太靠右。问一问：图上最大的模型来得及看多少？',
  ),
};
