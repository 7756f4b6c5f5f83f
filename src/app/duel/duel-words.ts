/** What a duel says; loaded with it. */
import type { Text } from '../../findings/findings.ts';
import { text } from '../../lessons/shared/text.ts';

export const WORDS = {
  heading: text('Beat the law', '胜过幂律'),
  what: text(
    'You and the law both say what the largest model will reach, before it is trained here. Who is closer?',
    '最大的模型在这里训练之前，你和幂律都先说出它会达到多少。谁更接近？',
  ),
  day: (day: string): Text => text(`The seed of ${day}: `, `${day} 的种子：`),
  same: text('the same models for everybody who plays today.', '今天所有人面对同样的模型。'),
  play: text('Play it', '玩这一局'),
  isPlayed: text('You are playing it.', '你正在玩这一局。'),
  notPlayed: text('The seed could not be taken. Try again.', '无法换成这个种子。请再试一次。'),
  winner: {
    you: text('You were closer', '你更接近'),
    rival: text('The law was closer', '幂律更接近'),
    draw: text('A draw', '平局'),
  },
  /** the same as sentences */
  ends: {
    you: text('You were closer.', '你更接近。'),
    rival: text('The law was closer.', '幂律更接近。'),
    draw: text('A draw.', '平局。'),
  },
  you: text('You', '你'),
  got: text('It reached', '实际达到'),
  offBy: (off: string): Text => text(`off by ${off}`, `差 ${off}`),
  seed: (seed: number): Text => text(`seed ${seed}`, `种子 ${seed}`),
  seedOf: (seed: number, day: string): Text => text(`seed ${seed}, of ${day}`, `${day} 的种子 ${seed}`),
  scan: text('Play the same seed', '玩同一个种子'),
  sentence: (you: string, yourOff: string, rival: string, rivalOff: string, got: string): Text =>
    text(
      `You said ${you}, off by ${yourOff}; the law ${rival}, off by ${rivalOff}; it reached ${got}.`,
      `你说 ${you}，差 ${yourOff}；幂律说 ${rival}，差 ${rivalOff}；实际达到 ${got}。`,
    ),
  save: text('Save the card', '保存卡片'),
  copy: text('Copy the link', '复制链接'),
  copied: text(
    'Copied: whoever opens it sees what you said, and plays the same seed.',
    '已复制：打开它的人会看到你说的数，并玩同一个种子。',
  ),
  byHand: text(
    'The browser keeps its clipboard closed; this is the link:',
    '浏览器不让写入剪贴板；链接在这里：',
  ),
  notMade: text('The card could not be made.', '没能做出卡片。'),
};
