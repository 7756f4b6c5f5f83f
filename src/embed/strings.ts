/** What the figure itself says. Few words, so that both languages travel with it. */
import { type Language, languageOfTag, SOURCE } from '../languages.ts';

const en = {
  figure: 'Figure',
  figures: 'Figures',
  loading: 'The figure is loading…',
  run: 'Run it here',
  runHelp: 'Trains these models on your own GPU. Nothing leaves your device.',
  explore: 'Read the points',
  full: 'The full lesson',
  starting: 'Starting…',
  recorded: (device: string, date: string): string => `Recorded run: ${device}, ${date}.`,
  behind: (device: string, date: string): string => `Grey: the recorded run, ${device}, ${date}.`,
  nothing: 'Nothing is recorded of this: press the button and it is trained here.',
  problem: 'This figure cannot be shown as it was asked for',
  notLoaded: 'A part of the figure could not be loaded. The connection may be down, or the page forbids it.',
  again: 'Try again',
  failed: 'That did not work',
  sizes: { small: 'small', standard: 'standard', large: 'large' },
  size: 'size',
  seed: 'seed',
  reading: (title: string, names: string): string => `${title}. Curves: ${names}.`,
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
  recorded: (device, date) => `预存的训练：${device}，${date}。`,
  behind: (device, date) => `灰色：预存的训练，${device}，${date}。`,
  nothing: '还没有预存的训练：按下按钮就在这里训练。',
  problem: '无法按要求显示这张图',
  notLoaded: '图的一部分无法加载：可能网络中断，或者页面不允许。',
  again: '再试一次',
  failed: '没有成功',
  sizes: { small: '小', standard: '标准', large: '大' },
  size: '规模',
  seed: '种子',
  reading: (title, names) => `${title}。曲线：${names}。`,
};

export type Words = typeof en;

const WORDS: Record<Language, Words> = { en, zh };

export const wordsIn = (language: Language): Words => WORDS[language];

/** Of its own `lang`, or the nearest one around it, through all shadow roots. */
export function languageOf(element: Node): Language {
  for (
    let node: Node | null = element;
    node;
    node = node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null
  ) {
    const tag = node instanceof Element ? node.getAttribute('lang') : undefined;
    if (tag) return languageOfTag(tag) ?? SOURCE;
  }
  return SOURCE;
}
