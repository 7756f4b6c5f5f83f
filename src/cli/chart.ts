/** A small chart in the terminal: one character per series. */
import type { Figure, Series } from '../lessons/lesson.ts';
import { quantity } from './format.ts';

const WIDTH = 64;
const HEIGHT = 14;
const MARKS = '●○▲△■□◆◇★☆+×';

interface Scale {
  low: number;
  high: number;
  /** place of a value in [0, 1]; NaN where a logarithm is not possible */
  at(value: number): number;
}

export function chart(figure: Figure): string {
  const points = figure.series.map((series) => pointsOf(series));
  const x = scale(
    points.flatMap((list) => list.map(([x]) => x)),
    figure.x.scale === 'log',
  );
  const y = scale(
    points.flatMap((list) => list.map(([, y]) => y)),
    figure.y.scale === 'log',
  );
  const canvas = Array.from({ length: HEIGHT }, () => Array<string>(WIDTH).fill(' '));
  points.forEach((list, i) => {
    for (const [px, py] of list) {
      const column = Math.round(x.at(px) * (WIDTH - 1));
      const row = Math.round((1 - y.at(py)) * (HEIGHT - 1));
      if (canvas[row]?.[column]) canvas[row][column] = MARKS[i % MARKS.length]!;
    }
  });
  const labels = canvas.map((_, row) => (row === 0 ? short(y.high) : row === HEIGHT - 1 ? short(y.low) : ''));
  const margin = Math.max(...labels.map(({ length }) => length));
  const legend = figure.series.map((series, i) => `${MARKS[i % MARKS.length]} ${series.name.en}`);
  const right = short(x.high);
  return [
    figure.title.en,
    `${' '.repeat(margin + 2)}${figure.y.label.en}`,
    ...canvas.map((row, i) => `${labels[i]!.padStart(margin)} │${row.join('').trimEnd()}`),
    `${' '.repeat(margin + 1)}└${'─'.repeat(WIDTH)}`,
    `${' '.repeat(margin + 2)}${short(x.low).padEnd(WIDTH - right.length)}${right}  ${figure.x.label.en}`,
    `  ${legend.join('   ')}`,
  ].join('\n');
}

function pointsOf({ x, y }: Series): [number, number][] {
  return x.flatMap((value, i): [number, number][] => {
    const at = y[i];
    return at === null || at === undefined || !Number.isFinite(at) ? [] : [[value, at]];
  });
}

function scale(values: number[], logarithmic: boolean): Scale {
  const usable = values.filter((value) => Number.isFinite(value) && (!logarithmic || value > 0));
  const [low, high] = usable.length ? [Math.min(...usable), Math.max(...usable)] : [0, 1];
  const place = logarithmic ? Math.log : (value: number) => value;
  const span = place(high) - place(low) || 1;
  return { low, high, at: (value) => (place(value) - place(low)) / span };
}

function short(value: number): string {
  return value >= 1000 ? quantity(value) : String(Number(value.toPrecision(3)));
}
