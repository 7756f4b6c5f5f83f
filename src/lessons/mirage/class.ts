/** What a class needs of mirage. */
import type { ForClass } from '../for-class.ts';
import { text } from '../shared/text.ts';

export const forClass: ForClass = {
  question: {
    asked: text(
      'With size, the share of exams passed jumps from almost none to almost all. What has jumped?',
      '随着规模增大，通过考试的比例从几乎没有跳到几乎全部。是什么在跳？',
    ),
    options: [
      text('The model: it has gained an ability that it lacked', '模型：它获得了原先没有的能力'),
      text(
        'It cannot be told from this score: single answers may have improved smoothly',
        '单看这个分数说不清：单题的正确率也许是平稳上升的',
      ),
      text('Nothing: every such jump is made by scoring', '什么也没有：这类跳跃全是计分造成的'),
      text('The difficulty of the exam for large models', '考试对大模型的难度'),
    ],
    right: 1,
    because: text(
      'An exam of ten asks for ten right answers at once: p becomes p¹⁰, and a smooth rise a jump. Another ability may jump under every score; so ask for two.',
      '十道题的考试要求同时答对十题：p 变成 p¹⁰，平稳的上升就成了跳跃。别的能力也许在任何计分下都会跳；所以要看两种分数。',
    ),
  },
  pooled: { figure: 'metrics', role: 'measured', mark: 'line' },
  headline: text('“Emergent abilities are a mirage, say researchers.”', '“研究者说，涌现能力只是幻象。”'),
  answers: text(
    'Most guess below a quarter: who fails the exam is taken for a beginner. Ask how often ten coins of 90% all land right (.9¹⁰ = 35%).',
    '大多数人猜不到四分之一：考不过的就被当成初学者。问问：十个各有 90% 把握的题全对的机会有多大（.9¹⁰ = 35%）。',
  ),
};
