/** What a class needs of loss-decides. */
import type { ForClass } from '../for-class.ts';
import { text } from '../shared/text.ts';

export const forClass: ForClass = {
  question: {
    asked: text(
      'A small and a large model have the same loss on everything that they are trained on. Which one knows more?',
      '一个小模型和一个大模型，在全部训练数据上的损失相同。哪一个知道得更多？',
    ),
    options: [
      text('The large one: more parameters hold more', '大模型：参数多，装得多'),
      text('The one that was trained longer', '训练得更久的那个'),
      text('Neither: at the same loss they know about the same', '差不多：损失相同，知道的也大致相同'),
      text('That cannot be said: loss has nothing to do with knowing', '说不准：损失与知道多少无关'),
    ],
    right: 2,
    because: text(
      'By loss, models of all sizes lie on nearly one line; by size they do not. A larger model reaches that loss in fewer steps, and in the end goes lower.',
      '按损失看，各种规模的模型几乎落在同一条线上；按规模看则不然。大模型用更少的步数达到那个损失，最后还会更低。',
    ),
  },
  pooled: { figure: 'by-loss', role: 'size', mark: 'points' },
  headline: text('“Only giant models can do this.”', '“只有巨型模型才做得到。”'),
  answers: text(
    'Most say that size explains half or more. Ask what a large model knows that was stopped after ten steps.',
    '大多数人说规模能解释一半以上。问一问：一个大模型只训练十步，知道什么？',
  ),
};
