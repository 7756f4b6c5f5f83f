/** What a class needs of emergence-in-time. */
import type { ForClass } from '../for-class.ts';
import { text } from '../shared/text.ts';

export const forClass: ForClass = {
  question: {
    asked: text(
      'A network answers all its examples right, and new ones almost always wrong. What happens if training goes on?',
      '一个网络在自己的样本上全对，在新样本上几乎全错。继续训练会怎样？',
    ),
    options: [
      text(
        'It may find the rule much later, if the way of training favours it',
        '如果训练方式有利于规则，它可能很久以后找到规则',
      ),
      text('Nothing: with no errors left there is nothing to learn', '没有变化：没有错误，就没有可学的'),
      text('It only gets worse: overfitting grows with every step', '只会更糟：每一步都加重过拟合'),
      text('It finds the rule for certain: time always suffices', '一定会找到规则：时间总是够的'),
    ],
    right: 0,
    because: text(
      'With weight decay, or with another loss, the rule was found several times later; without either, on the same pairs, not in the time that we gave.',
      '有权重衰减，或换一种损失，规则在数倍的时间之后被找到；两者都没有时，同样的数对，在我们给的时间里没有找到。',
    ),
  },
  pooled: { figure: 'grokking', role: 'validation', mark: 'line' },
  headline: text('“Overnight, the model understood.”', '“一夜之间，模型懂了。”'),
  answers: text(
    'Many say ‘never’ or ‘soon after’. Ask what the loss does while the score stands still.',
    '许多人说“永远不会”或“马上”。问一问：分数不动时，损失在做什么？',
  ),
};
