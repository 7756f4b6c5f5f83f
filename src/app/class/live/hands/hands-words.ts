/** What is said where a class trains one experiment together. */
import type { Idle } from '../../../../class/hands.ts';
import { text } from '../../../../lessons/shared/text.ts';
import { worded } from '../../worded.ts';

const idle = worded({
  'not-now': text('Your teacher has not begun yet.', '教师还没有开始。'),
  held: text(
    'Others train what is left. This device helps when something comes back.',
    '剩下的都有人在训练。有退回的，这台设备再接手。',
  ),
  done: text('All is done.', '全部完成。'),
  over: text('The class is over.', '课堂已结束。'),
});

const said = worded({
  lends: text('This device trains for the class.', '这台设备正在为全班训练。'),
  lendsNot: text('This device does not train for the class now.', '这台设备现在没有为全班训练。'),
  mayLeave: text(
    'You may read on in the lab meanwhile; keep this window open.',
    '可以继续浏览实验室，但请不要关闭窗口。',
  ),
  trains: (key: string, percent: number) =>
    text(`It trains ${key}: ${percent}%`, `正在训练 ${key}：${percent}%`),
  gave: (n: number) =>
    text(n === 1 ? 'One run is done here.' : `${n} runs are done here.`, `这里已完成 ${n} 次训练。`),
  lost: text('Others went on with what it trained.', '它训练的部分已由别人接着做。'),
  offline: text(
    'The room does not answer; it trains on and sends later.',
    '房间没有应答；继续训练，稍后发送。',
  ),
  stop: text('Stop', '停止'),
  lend: text('Lend this device', '出借这台设备'),
  done: (n: number, of: number) => text(`${n} of ${of} runs are done`, `${of} 次训练中 ${n} 次已完成`),
  working: (n: number) =>
    text(n === 1 ? 'one device trains now' : `${n} devices train now`, `${n} 台设备正在训练`),
  confirmed: (n: number) =>
    text(
      n === 1
        ? 'One run was done twice, with the same bits.'
        : `${n} runs were done twice, with the same bits.`,
      `${n} 次训练做了两遍，结果逐位相同。`,
    ),
  differs: (n: number) =>
    text(
      n === 1
        ? 'One run was done twice, with other bits: other devices round differently.'
        : `${n} runs were done twice, with other bits: other devices round differently.`,
      `${n} 次训练做了两遍，结果不同：不同设备的舍入不同。`,
    ),
  cannotShare: text(
    'This cannot be shared out: its runs are measurements of one device, or too many, or too long.',
    '这个实验无法分发：它测量的是单台设备，或者训练太多、太长。',
  ),
  hint: (runs: number, link: string, code: string) =>
    text(
      `${runs} runs are handed out. A computer without a page helps, in a clone of the lab, with: npm run lab -- join ${link} ${code}`,
      `${runs} 次训练会分发给大家。没有网页的电脑可以在实验室源码的文件夹里用这条命令帮忙：npm run lab -- join ${link} ${code}`,
    ),
  sweepFile: text('A sweep of the sandbox …', '沙盒里的扫描…'),
  tooLong: text('This sweep is too long for a class.', '这个扫描太长，课堂里放不下。'),
  squares: text('Each square is one run.', '每个方块是一次训练。'),
});

export const handsWords = Object.assign(Object.create(said) as typeof said, {
  idle: (why: Idle): string => idle[why],
});
