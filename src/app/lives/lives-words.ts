/** What the wall of a hundred lives says while it trains and when it is done; loaded with it. */
import type { Text } from '../../findings/findings.ts';
import { same, text } from '../../lessons/shared/text.ts';

export const WORDS = {
  preparing: text('Measuring how fast this device is …', '正在测量这台设备有多快……'),
  running: (step: number, steps: number, models: number): Text =>
    text(`step ${step} of ${steps} · ${models} models`, `第 ${step} 步，共 ${steps} 步 · ${models} 个模型`),
  left: (duration: string): Text => text(` · ${duration} left`, ` · 还剩 ${duration}`),
  pause: text('Pause', '暂停'),
  goOn: text('Go on', '继续'),
  again: text('Other seeds', '换一批种子'),
  asked: text('The sum', '算式'),
  fewer: (seeds: number, all: number, needed: string): Text =>
    text(
      `All ${all} seeds of a size would take ${needed} on this device, so it trains ${seeds} of them.`,
      `这台设备要 ${needed} 才能训练完每种规模的 ${all} 个种子，所以只训练其中 ${seeds} 个。`,
    ),
  came: (green: number, of: number): Text =>
    text(`${green} of ${of} turned green.`, `${of} 个里有 ${green} 个变绿。`),
  said: (guess: number, of: number): Text =>
    text(`You said ${guess} of ${of}.`, `你猜的是 ${of} 个里 ${guess} 个。`),
  scaled: (guess: number, of: number): Text =>
    text(`That is ${guess} of ${of}.`, `也就是 ${of} 个里 ${guess} 个。`),
  corn: text(
    'Wide rows light up together, narrow ones never, and in the middle they pop like corn: size moves the odds.',
    '宽的行一起亮，窄的行总不亮，中间的像爆米花一样一个个蹦出来：规模改变的是概率。',
  ),
  on: (device: string): Text => same(device),
};
