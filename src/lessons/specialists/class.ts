/** What a class needs of specialists. */
import type { ForClass } from '../for-class.ts';
import { text } from '../shared/text.ts';

export const forClass: ForClass = {
  question: {
    asked: text(
      'A model that knows a little of everything is trained further on one field alone. What happens?',
      '一个什么都懂一点的模型，接着只用一个领域训练。会怎样？',
    ),
    options: [
      text('It gets better there, and all else stays as it was', '那里变好，其余保持原样'),
      text('It gets better everywhere: learning is learning', '处处变好：学习就是学习'),
      text(
        'It gets better there and forgets elsewhere, unless old examples are mixed in',
        '那里变好，别处遗忘；除非掺入旧样本',
      ),
      text('Nothing: only a larger model can know more', '没有变化：只有更大的模型才能知道更多'),
    ],
    right: 2,
    because: text(
      'The same parameters hold all of it. What is not practised is overwritten; a share of old examples keeps most of it.',
      '所有内容都存在同样的参数里。不练习的会被覆盖；掺入一部分旧样本可保住大部分。',
    ),
  },
  pooled: { figure: 'domain', role: 'kind', mark: 'line', nth: 0 },
  headline: text('“Small expert model beats the giant.”', '“小专家模型战胜巨人。”'),
  answers: text(
    'About half say above 0. The surprise is on the other figure: ask what it cost elsewhere.',
    '约一半人说大于 0。意外在另一张图上：问问别处付出了什么。',
  ),
};
