/** What a class needs of the-bill. */
import type { ForClass } from '../for-class.ts';
import { text } from '../shared/text.ts';

export const forClass: ForClass = {
  question: {
    asked: text(
      'Somebody knows how many calculations a model’s training took. What is known of its energy and its cost?',
      '有人知道训练一个模型用了多少次运算。由此可知它的能耗和费用吗？',
    ),
    options: [
      text('Both exactly: the rest is multiplication', '都精确可知：剩下的只是乘法'),
      text(
        'Their size to within a factor of a few, with assumptions that must be named',
        '大小在几倍之内，且要说明所用的假设',
      ),
      text('Nothing at all: only the company knows', '完全不知道：只有公司知道'),
      text('Also what each later answer costs', '连以后每个回答的费用也知道'),
    ],
    right: 1,
    because: text(
      'Speed, power and price per hour are assumptions, each uncertain. They give a range, and the range is often wider than the dispute about it.',
      '速度、功率和每小时的价格都是假设，各有不确定。它们给出一个范围，而这个范围常常比争论本身还宽。',
    ),
  },
  pooled: { figure: 'years', role: 'measured', mark: 'points' },
  headline: text(
    '“Each question to a chatbot costs a glass of water.”',
    '“向聊天机器人提一个问题要耗一杯水。”',
  ),
  answers: text(
    'Guesses are thousands of times too low. Ask for the power of ten, not for the number.',
    '猜测低了成千上万倍。问数量级，不问具体数字。',
  ),
};
