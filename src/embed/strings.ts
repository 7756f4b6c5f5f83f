/** What the figure itself says. Few words, so that both languages travel with it. */

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

const en = {
  figure: 'Figure',
  figures: 'Figures',
  loading: 'The figure is loading…',
  run: 'Run it here',
  runHelp: 'Trains these models on your own GPU. Nothing leaves your device.',
  explore: 'Read the points',
  full: 'The full lesson',
  starting: 'Starting…',
  queued: 'Waiting: another figure on this page is training.',
  offscreen: 'Paused while the figure is out of sight.',
  recorded: (device: string, date: string): string => `Recorded run: ${device}, ${date}.`,
  behind: (device: string, date: string): string => `Grey: the recorded run, ${device}, ${date}.`,
  nothing: 'Nothing is recorded of this: press the button and it is trained here.',
  problem: 'This figure cannot be shown as it was asked for',
  notLoaded: 'A part of the figure could not be loaded. The connection may be down, or the page forbids it.',
  again: 'Try again',
  failed: 'That did not work',
  noGPU:
    'Nothing can be trained in this browser: it has no WebGPU, or keeps it from this page. The recorded run stays.',
  gpuLost:
    'The GPU was lost, and asking for it again did not help. Try again in a moment, or with a smaller model. The recorded run stays.',
  silent: 'No answer for 10 s: what trains may be busy, or hang.',
  end: 'End it and start again',
  forbidden:
    'This page’s security policy forbids the worker that trains (worker-src without blob:, or trusted-types without scaling-lab). The recorded run stays.',
  sizes: { small: 'small', standard: 'standard', large: 'large' },
  size: 'size',
  seed: 'seed',
  reading: (title: string, names: string): string => `${title}. Curves: ${names}.`,
  done: 'Finished: these curves were trained on your device.',
};

const zh: typeof en = {
  figure: '图',
  figures: '图',
  loading: '正在加载图…',
  run: '在这里运行',
  runHelp: '用你自己的 GPU 训练这些模型。数据不会离开你的设备。',
  explore: '读取数据点',
  full: '完整的一课',
  starting: '正在启动…',
  queued: '等待中：本页的另一张图正在训练。',
  offscreen: '图不在视野内，已暂停。',
  recorded: (device, date) => `预存的训练：${device}，${date}。`,
  behind: (device, date) => `灰色：预存的训练，${device}，${date}。`,
  nothing: '还没有预存的训练：按下按钮就在这里训练。',
  problem: '无法按要求显示这张图',
  notLoaded: '图的一部分无法加载：可能网络中断，或者页面不允许。',
  again: '再试一次',
  failed: '没有成功',
  noGPU: '此浏览器无法训练：没有 WebGPU，或者页面不许使用。预存的训练仍然可看。',
  gpuLost: 'GPU 丢失了，多次重新请求也没有成功。请稍后再试，或减小模型。预存的训练仍然可看。',
  silent: '已有 10 秒没有响应：训练部分可能很忙，也可能卡住了。',
  end: '结束它并重新开始',
  forbidden:
    '此页面的安全策略禁止训练用的 worker（worker-src 中没有 blob:，或 trusted-types 中没有 scaling-lab）。预存的训练仍然可看。',
  sizes: { small: '小', standard: '标准', large: '大' },
  size: '规模',
  seed: '种子',
  reading: (title, names) => `${title}。曲线：${names}。`,
  done: '已完成：这些曲线是在你的设备上训练的。',
};

export type Words = typeof en;

export const wordsIn = (language: Language): Words => (language === 'zh' ? zh : en);

/** Of its own `lang`, or the nearest one around it, through all shadow roots. */
export function languageOf(element: Node): Language {
  for (
    let node: Node | null = element;
    node;
    node = node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null
  ) {
    const tag = node instanceof Element ? node.getAttribute('lang') : undefined;
    if (tag) return tag.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  }
  return 'en';
}
