/** What a class needs of efficiency-times-time. */
import type { ForClass } from '../for-class.ts';
import { text } from '../shared/text.ts';

export const forClass: ForClass = {
  question: {
    asked: text(
      'A change makes a model learn twice as fast over the first hundred steps. What is it worth in a long training?',
      '某项改动让模型在最初一百步里学得快一倍。在长时间训练里它值多少？',
    ),
    options: [
      text('A factor of two: twice as fast is twice as fast', '两倍：快一倍就是快一倍'),
      text('More and more: gains add up over time', '越来越多：收益随时间累积'),
      text('Nothing: in the end only the data counts', '一点不值：最后只看数据'),
      text(
        'That has to be measured: the factor can depend on how long one trains, and for what score',
        '要测过才知道：这个倍数可能取决于训练多久，以及看哪种分数',
      ),
    ],
    right: 3,
    because: text(
      'One factor for all times is an assumption. Examples met twice are worth a little less than fresh ones, and met sixteen times hardly anything.',
      '一个倍数适用于任何时长，只是假设。看两遍的样本比新样本略差一些，看十六遍的几乎一文不值。',
    ),
  },
  pooled: { figure: 'optimizers', role: 'kind', mark: 'line', nth: 0 },
  headline: text('“A new optimizer makes AI training twice as efficient.”', '“新优化器让 AI 训练效率翻倍。”'),
  answers: text(
    'Many set the factor near 1 or far above. Ask whether the factor is the same at every loss.',
    '许多人把倍数放在 1 附近或远在其上。问一问：在每个损失处，倍数都一样吗？',
  ),
};
