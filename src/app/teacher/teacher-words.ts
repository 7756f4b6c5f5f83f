/** What the pages for teachers say beside their text; loaded with them. */
import { text } from '../../lessons/shared/text.ts';
import { worded } from '../class/worded.ts';

export const words = worded({
  minutes: text('minutes', '分钟'),
  open: text('Open for a class', '为班级打开'),
  rehearse: text('Rehearse with thirty simulated members', '用三十名模拟成员演练'),
  sheet: text('Worksheet', '学习单'),
  headline: text('To read out', '可以读出来'),
  expect: text('Answers to expect', '可能的回答'),
  times: (slow: string, usual: string) =>
    text(
      `About ${slow} where the processor has to do it all, ${usual} on a usual laptop’s graphics.`,
      `全靠处理器时约 ${slow}，普通笔记本的显卡约 ${usual}。`,
    ),
  more: text(
    'Kernels, Emergence in time and Efficiency times time suit a further session; the Sandbox suits homework.',
    '“计算核”“随时间涌现”“效率乘以时间”适合另一次课；“沙盒”适合作业。',
  ),
  gather: text('Gather the results of a class', '汇集全班的结果'),
  gatherWhat: text(
    'Every learner’s finished lesson offers its result as a link, a file and a QR code. The page of the class pools them on one chart; no server, no account, no name.',
    '每个学生完成课程后，都可以把结果做成链接、文件或二维码。课堂页面把它们汇到一张图上；不用服务器、账号或姓名。',
  ),
  sheets: text('Worksheets', '学习单'),
  sheetsWhat: text(
    'One page for each lesson and pair, with axes to sketch on.',
    '每课每组一页，附有可以画草图的坐标轴。',
  ),
  network: text('For the network administrator', '给网络管理员'),
  networkWhat: text(
    'What the school’s network and browsers have to allow, on one page.',
    '学校的网络和浏览器需要允许什么，都在一页上。',
  ),
  parents: text('For parents', '给家长'),
  parentsWhat: text('A sentence to pass on:', '可以转达的一句话：'),
  parentsSentence: text(
    '“The class uses Scaling Lab, a web page that trains small neural networks in the browser. It has no accounts and collects no personal data; what a child works out stays on the device, and what is handed to the class is numbers under a random code, without a name.”',
    '“本班使用规模定律实验室，这是一个在浏览器里训练小型神经网络的网页。它没有账号，也不收集个人数据；孩子做出的结果留在设备上，交给班级的只是带随机代码的数值，不含姓名。”',
  ),
  print: text('Print', '打印'),
  // The worksheet
  sheetTitle: text('Worksheet to print', '可打印的学习单'),
  sheetDescription: text(
    'One page for a lesson: predict on the axes, run, compare, judge the claim.',
    '一课一页：在坐标轴上预测，运行，比较，判断说法。',
  ),
  lesson: text('Lesson', '课程'),
  who: text('Names', '姓名'),
  device: text('Device', '设备'),
  sizeAndSeed: text('Size and seed', '规模与种子'),
  first: text('1. What do you think? Tick one.', '1. 你怎么看？选一项。'),
  second: text('2. My prediction, before the run:', '2. 运行之前，我的预测：'),
  sketch: text('Sketch it on these axes.', '在这些坐标轴上画出来。'),
  number: (unit: string) => text(`As a number: …………… ${unit}`, `写成一个数：…………… ${unit}`),
  why: text('Why I think so:', '我的理由：'),
  third: text('3. What came out:', '3. 得到的结果：'),
  off: text('How far off was I, and in which direction?', '我差了多少，偏向哪边？'),
  fourth: text(
    '4. Results of three other pairs, and whether they agree with mine:',
    '4. 另外三组的结果，与我的是否一致：',
  ),
  fifth: text(
    '5. The public claim: my run supports it / speaks against it / cannot tell, because',
    '5. 公开的说法：我的运行支持 / 反对 / 无法判断，因为',
  ),
  sixth: text('6. What would refute it? And my tick now:', '6. 什么能推翻它？现在我选：'),
});
