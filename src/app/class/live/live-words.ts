/** What the pages of a live class say. */
import type { JoinProblem } from '../../../class/join.ts';
import { text } from '../../../lessons/shared/text.ts';
import { worded } from '../worded.ts';

const phases = worded({
  lobby: text('Lobby', '等候'),
  predict: text('Predict', '预测'),
  run: text('Run', '运行'),
  discuss: text('Discuss', '讨论'),
});
const problems = worded({
  'no-class': text('There is no class of this code now.', '现在没有这个代码的班级。'),
  full: text('This class is full.', '这个班级已满。'),
  wait: text(
    'Too many wrong codes came from this network. Wait a minute.',
    '这个网络输错代码的次数太多，请等一分钟。',
  ),
  offline: text(
    'The room does not answer. Is this device on the network?',
    '房间没有应答。这台设备联网了吗？',
  ),
  'no-room': text('This site has no room for live classes.', '这个网站没有实时课堂。'),
});

const said = worded({
  title: text('Class', '班级'),
  pageTitle: text('A class, live', '实时课堂'),
  description: text(
    'Join a class that is held live: predict, train and look together.',
    '加入实时课堂：一起预测、训练、讨论。',
  ),
  code: text('Code of the class', '班级代码'),
  join: text('Come in', '进入'),
  joining: text('Coming in …', '正在进入…'),
  youAreIn: text('You are in', '你已加入'),
  name: text('Your name here, if you like', '你在这里的名字（可不填）'),
  madeUp: text(
    'It may be made up. Whoever leads the class may hide or change it.',
    '可以是编的。教师可以隐藏或更改。',
  ),
  waits: text('It begins when your teacher begins.', '等教师开始。'),
  trains: text('This device trains on its graphics.', '这台设备用显卡训练。'),
  trainsSlowly: text(
    'This device trains on its processor: more slowly, with the same result.',
    '这台设备用处理器训练：慢一些，结果同样有效。',
  ),
  trainsNot: text(
    'This device cannot train. You predict, look and answer like all others.',
    '这台设备无法训练。你照样可以预测、观看和回答。',
  ),
  insecure: text(
    'This address is not secure (http), so that the browser offers no graphics to it. Your teacher may have another address.',
    '这个地址不安全（http），浏览器因此不提供显卡。教师也许有别的地址。',
  ),
  predictNow: text('Predict now', '现在预测'),
  runNow: text('Go to the run', '去运行'),
  seed: (seed: number) => text(`Your seed: ${seed}`, `你的种子：${seed}`),
  private: text(
    'Kept on the server of this class: your made-up name, prediction, answers and numbers, for the days that its host has set. No account, no address.',
    '这个班级的服务器保存：你的化名、预测、回答和数值，保存天数由主办者设定。没有账号，也不记地址。',
  ),
  leave: text('Leave the class', '离开班级'),
  over: text(
    'The class is over. What you found stays in this browser.',
    '课堂已结束。你的结果留在这个浏览器里。',
  ),
  removed: text('You were taken out of this class.', '你已被移出班级。'),
  lost: text('No connection; what you do is kept, and sent later.', '连接中断；你做的会保留，稍后发送。'),
  sending: text('Sending …', '正在发送…'),
  here: text('Connected', '已连接'),
  sentPrediction: text('Your prediction is sent', '你的预测已发送'),
  sentResult: text('Your result is sent', '你的结果已发送'),
  goTo: (lesson: string) => text(`To “${lesson}”`, `去“${lesson}”`),
  see: text('See the class', '看全班'),
  runsDone: (n: number, of: number) => text(`${n} of ${of} runs are done`, `${of} 次训练中 ${n} 次已完成`),
  sweep: text('A sweep', '一次扫描'),
  predicted: (n: number, of: number) => text(`${n} of ${of} have predicted`, `${of} 人中 ${n} 人已预测`),
  done: (n: number, of: number) => text(`${n} of ${of} are done`, `${of} 人中 ${n} 人已完成`),
  verdict: (held: number, of: number) =>
    text(`The claim held for ${held} of ${of}.`, `${of} 份结果中 ${held} 份结论成立。`),
  mineHeld: text('In your run it held.', '在你的运行里成立。'),
  mineNot: text('In your run it did not hold.', '在你的运行里不成立。'),
  mineOpen: text('Your run cannot tell.', '你的运行无法判断。'),
  off: (off: string) => text(`The middle of all guesses was ${off} off.`, `所有猜测偏差的中位数是 ${off}。`),
  mineOff: (off: string) => text(`Yours was ${off} off.`, `你的偏差是 ${off}。`),
  mine: text('your run', '你的运行'),
  lookUp: text('Look at the projector.', '请看投影。'),
  nothingYet: text('Nothing is shown yet.', '还没有揭晓。'),
  // Whoever leads
  projector: text('A class on the projector', '投影上的课堂'),
  open: text('Learners open', '学员打开'),
  present: text('here', '人在场'),
  devices: (gpu: number, cpu: number, none: number) =>
    text(
      [`${gpu} train on graphics`, `${cpu} on processors`, ...(none ? [`${none} cannot train`] : [])].join(
        ', ',
      ),
      [`${gpu} 台用显卡训练`, `${cpu} 台用处理器`, ...(none ? [`${none} 台无法训练`] : [])].join('，'),
    ),
  insecureCount: (n: number) =>
    text(
      `${n} came over http, where browsers offer no graphics: start the room with --cert and --key, or behind https.`,
      `${n} 人经 http 进入，浏览器不提供显卡：请用 --cert 和 --key 启动，或放在 https 之后。`,
    ),
  work: text('Work', '分工'),
  ownSeed: text('each alone, with a seed of their own', '各自训练，种子不同'),
  manyHands: text('one experiment, many hands', '一个实验，众人分担'),
  next: text('Next', '下一步'),
  back: text('Back', '上一步'),
  reveal: text('Show predictions', '揭晓预测'),
  allIn: text('All have predicted.', '所有人都已预测。'),
  hiddenUntil: text('What they are stays hidden until you show it.', '内容在揭晓之前不显示。'),
  hide: text('Hide names', '隐藏名字'),
  show: text('Show names', '显示名字'),
  export: text('Export', '导出'),
  members: text('Members', '成员'),
  unnamed: text('no name', '无名'),
  rename: text('New name', '新名字'),
  remove: text('Take out', '移出'),
  handOver: text('Copy the link that leads this class', '复制带班链接'),
  handOverWhat: text(
    'Whoever opens it leads the class. It is not shown, only copied.',
    '打开它的人就能带班。只复制，不显示。',
  ),
  copied: text('Copied.', '已复制。'),
  notCopied: text('The clipboard is closed to this page.', '本页无法使用剪贴板。'),
  end: text('End the class', '结束课堂'),
  reallyEnd: text('End it for all?', '为所有人结束？'),
  ended: text('The class has ended. Export it, or close this page.', '课堂已结束。可以导出，或关闭本页。'),
  keys: text(
    'space or clicker: next · ←: back · R: show predictions · H: hide names · E: export',
    '空格或翻页器：下一步 · ←：上一步 · R：揭晓预测 · H：隐藏名字 · E：导出',
  ),
  notYours: text(
    'This link does not lead this class, or the class is over.',
    '这个链接不能带这个班级，或课堂已结束。',
  ),
  reconnecting: text('No connection to the room; trying again.', '与房间的连接中断，正在重试。'),
  toLab: text('The lab', '实验室'),
});

export const liveWords = Object.assign(Object.create(said) as typeof said, {
  phases,
  problem: (problem: JoinProblem): string => problems[problem],
});
