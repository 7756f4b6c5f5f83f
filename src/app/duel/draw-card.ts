/** The card of a duel: the chart, who said what, and the code of the link that plays the same seed. */
import { readColors } from '../../components/colors.ts';
import { say } from '../../locales/say.ts';
import { type Box, drawChart, drawLegend, type Look } from './draw-chart.ts';
import { off, type Outcome, played, winner } from './duel.ts';
import { WORDS } from './duel-words.ts';

/** The size at which messengers show pictures, px; drawn at twice the resolution. */
export const CARD = { width: 1200, height: 630, scale: 2 };

const CHART: Box = { left: 84, top: 150, width: 620, height: 330 };
const LEGEND: Box = { left: 84, top: 566, width: 640, height: 40 };
const RIGHT = 790;
const CODE: Box = { left: 960, top: 366, width: 208, height: 208 };

type Context = CanvasRenderingContext2D;

export interface CardFacts {
  outcome: Outcome;
  /** the question that the lesson asks */
  title: string;
  /** the seed in words */
  seed: string;
  /** dark squares of the link's code, row by row */
  squares: readonly (readonly boolean[])[];
}

const TOKENS = ['card', 'ink', 'ink-2', 'ink-3', 'line', 'accent', 'predict'] as const;
const CURVES = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'] as const;

/** The page's colours around an element, and the letters of the canvas. */
export function lookOf(element: Element, canvas: HTMLCanvasElement): Look {
  const colors: Record<string, string> = readColors(element, [...TOKENS, ...CURVES]);
  const family = getComputedStyle(canvas).fontFamily;
  return {
    color: (name) => colors[name] ?? colors.ink!,
    font: (size, weight = 400) => `${weight} ${size}px ${family}`,
  };
}

export function drawCard(
  canvas: HTMLCanvasElement,
  { outcome, title, seed, squares }: CardFacts,
  look: Look,
): void {
  const { width, height, scale } = CARD;
  [canvas.width, canvas.height] = [width * scale, height * scale];
  const ctx = canvas.getContext('2d')!;
  ctx.scale(scale, scale);
  ctx.fillStyle = look.color('card');
  ctx.fillRect(0, 0, width, height);
  ctx.fillStyle = look.color('accent');
  ctx.fillRect(0, 0, width, 10);
  write(ctx, say(WORDS.heading), 48, 58, look.font(36, 700), look.color('ink'));
  write(ctx, title, 48, 98, look.font(20), look.color('ink-2'), width - 96);
  drawChart(ctx, outcome, CHART, look);
  drawLegend(ctx, outcome, say(WORDS.you), LEGEND, look);
  drawScore(ctx, outcome, look);
  drawCode(ctx, squares, CODE);
  write(
    ctx,
    say(WORDS.scan),
    CODE.left + 12,
    CODE.top + CODE.height + 20,
    look.font(15),
    look.color('ink-2'),
  );
  const notes = ['Scaling Lab', seed, outcome.device];
  notes.forEach((note, i) => {
    const top = 510 + 26 * i;
    write(ctx, note, RIGHT, top, look.font(15, i ? 400 : 700), look.color(i ? 'ink-2' : 'ink'), 150);
  });
}

/** Who was closer, and the three numbers. */
function drawScore(ctx: Context, outcome: Outcome, look: Look): void {
  const { said, rival, got } = outcome;
  write(ctx, say(WORDS.winner[winner(outcome)]), RIGHT, 172, look.font(32, 700), look.color('accent'), 380);
  const rows = [
    [say(WORDS.you), said, 'predict'],
    [say(rival.name), rival.said, 'ink'],
    [say(WORDS.got), got, 'c2'],
  ] as const;
  rows.forEach(([name, value, color], i) => {
    const top = 222 + 46 * i;
    write(ctx, name, RIGHT, top, look.font(20), look.color('ink-2'), 130);
    write(ctx, played(value), RIGHT + 140, top, look.font(28, 700), look.color(color));
    const beside = value === got ? say(outcome.unit).trim() : say(WORDS.offBy(off(value, got)));
    write(ctx, beside, RIGHT + 240, top, look.font(18), look.color('ink-2'), 140);
  });
}

/** Dark on light in every theme, since QR readers expect that. */
function drawCode(ctx: Context, squares: CardFacts['squares'], { left, top, width }: Box): void {
  ctx.fillStyle = '#fff';
  ctx.fillRect(left, top, width, width);
  ctx.fillStyle = '#000';
  const side = width / squares.length;
  squares.forEach((row, y) =>
    row.forEach((dark, x) => {
      // Rounded up to the next square's edge, so that no seam is left.
      if (dark) ctx.fillRect(left + x * side, top + y * side, side + 0.3, side + 0.3);
    }),
  );
}

function write(
  ctx: Context,
  text: string,
  left: number,
  top: number,
  font: string,
  color: string,
  most?: number,
): void {
  ctx.font = font;
  ctx.fillStyle = color;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillText(text, left, top, most);
}
