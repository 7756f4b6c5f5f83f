/** Two plans for a class, line by line: what is done, and with which lesson at which size. */
import type { Size, Text } from '../lesson.ts';
import { text } from '../shared/text.ts';

export interface Line {
  /** minutes from the beginning of the hour */
  from: number;
  to: number;
  what: Text;
  lessons?: { lesson: string; size: Size }[];
}

export interface Plan {
  title: Text;
  question: Text;
  lines: Line[];
}

export const PLANS: readonly Plan[] = [
  {
    title: text('A plan for 45 minutes', '45 分钟的教案'),
    question: text('One question: are sudden abilities real?', '一个问题：突然出现的能力是真的吗？'),
    lines: [
      {
        from: 0,
        to: 5,
        what: text(
          'Read a headline about an AI that “suddenly” learned something. What would convince you? What would not?',
          '读一条人工智能“突然”学会什么的新闻标题。什么能说服你？什么不能？',
        ),
      },
      {
        from: 5,
        to: 12,
        what: text(
          'On the projector: what a loss curve is, and that it has a floor. One run, one learner predicts for everybody.',
          '投影：什么是损失曲线，它有一个下限。只运行一次，由一名学生代表全班预测。',
        ),
        lessons: [{ lesson: 'learning', size: 'standard' }],
      },
      {
        from: 12,
        to: 25,
        what: text(
          'In pairs, by the class’s link: each device has a seed of its own. Answer the question, predict, run, give the result to the class.',
          '两人一组，用班级链接进入：每台设备有自己的种子。回答问题，预测，运行，把结果交给班级。',
        ),
        lessons: [{ lesson: 'emergence-by-size', size: 'small' }],
      },
      {
        from: 25,
        to: 30,
        what: text(
          'Show what came out. The thresholds differ. Why? (Seeds. With one seed for all they would be equal.)',
          '揭晓结果。阈值各不相同。为什么？（种子。如果都用同一个种子，就会一样。）',
        ),
      },
      {
        from: 30,
        to: 40,
        what: text(
          'In pairs again. Flip the metric, then read about addition.',
          '再次两人一组。切换指标，再读关于加法的那一段。',
        ),
        lessons: [{ lesson: 'mirage', size: 'small' }],
      },
      {
        from: 40,
        to: 45,
        what: text(
          'Answer the question once more; the class sees how its answers moved. Each names one number from their own run.',
          '再回答一次问题，看全班的答案如何变化。每人引用自己运行中的一个数。',
        ),
      },
    ],
  },
  {
    title: text('A plan for 90 minutes', '90 分钟的教案'),
    question: text(
      'One question: can we know beforehand how good a larger model will be?',
      '一个问题：更大的模型会有多好，我们能事先知道吗？',
    ),
    lines: [
      {
        from: 0,
        to: 10,
        what: text('Loss, floor, learning rate.', '损失、下限、学习率。'),
        lessons: [{ lesson: 'learning', size: 'standard' }],
      },
      {
        from: 10,
        to: 30,
        what: text(
          'By the class’s link, each with a seed of its own. The lesson waits before the last model until its learner has predicted. Then run, and give the result to the class.',
          '用班级链接进入，各用自己的种子。在最后一个模型之前，课程会等学生作出预测。然后运行，把结果交给班级。',
        ),
        lessons: [{ lesson: 'scaling-laws', size: 'small' }],
      },
      {
        from: 30,
        to: 35,
        what: text(
          'How many bands held? The band promises 90% and is widened a little on top: of ten pairs expect none or one to miss.',
          '多少个区间成立？区间承诺的是 90%，又略微加宽了：十个小组里，落空的应当没有，或者只有一个。',
        ),
      },
      {
        from: 35,
        to: 55,
        what: text(
          'Own seeds again; compare the exponents and their ranges.',
          '仍各用自己的种子；比较各组的指数及其范围。',
        ),
        lessons: [{ lesson: 'compute-optimal', size: 'small' }],
      },
      {
        from: 55,
        to: 75,
        what: text(
          'Groups, one lesson each. Each prepares one claim, one number, one limit.',
          '分组，每组一课。各准备一个说法、一个数、一条限制。',
        ),
        lessons: [
          { lesson: 'loss-decides', size: 'small' },
          { lesson: 'overtraining', size: 'small' },
          { lesson: 'specialists', size: 'small' },
          { lesson: 'the-bill', size: 'small' },
        ],
      },
      { from: 75, to: 85, what: text('Each group speaks for two minutes.', '每组讲两分钟。') },
      {
        from: 85,
        to: 90,
        what: text(
          'Everybody writes down: one claim I now believe more, one I believe less, and what would change my mind.',
          '每人写下：我更相信了的一个说法，更不相信了的一个说法，以及什么会改变我的看法。',
        ),
      },
    ],
  },
];
