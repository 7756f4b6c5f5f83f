/** What a class needs of kernels. */
import type { ForClass } from '../for-class.ts';
import { text } from '../shared/text.ts';

export const forClass: ForClass = {
  question: {
    asked: text(
      'Two programs compute the same product of matrices with the same calculations on the same chip. How far apart can their speeds be?',
      '两个程序在同一块芯片上用同样的运算计算同一个矩阵乘积。速度能差多少？',
    ),
    options: [
      text('Hardly: the chip sets the speed', '几乎没有：速度由芯片决定'),
      text('Several times, if one fetches each number more often', '数倍，如果其中一个把每个数取得更多次'),
      text('Only as far as their numbers of multiplications differ', '只取决于乘法次数的差别'),
      text('Only by as much as their programming languages differ', '只取决于编程语言的差别'),
    ],
    right: 1,
    because: text(
      'Calculating is fast, fetching is slow. A program that uses each fetched number many times waits less.',
      '运算快，取数慢。把取来的数多用几次的程序，等待更少。',
    ),
  },
  pooled: { figure: 'speed', role: 'measured', mark: 'line' },
  headline: text('“New software doubles the speed of AI chips.”', '“新软件让 AI 芯片速度翻倍。”'),
  answers: text(
    'Most say 1 to 2 times. Devices of the class differ more than seeds do: compare kinds of device, not people.',
    '大多数人说 1 到 2 倍。全班设备之间的差别比种子之间大：比较设备的种类，而不是人。',
  ),
};
