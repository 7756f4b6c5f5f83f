/** The last model against all who said what it would reach: a ruler in thousandths of a nat, the closest on top. */
import type { Figure, Findings, Series, Text } from '../lesson.ts';
import { series } from '../shared/series.ts';
import { text } from '../shared/text.ts';

interface Guess {
  name: Text;
  role: 'you' | 'law' | 'rival';
  /** what was said less what was measured, thousandths of a nat */
  off: number;
}

const LOOKS: Record<Guess['role'], Series['role']> = { you: 'held-out', law: 'measured', rival: 'control' };

/** @param said by the learner, nats */
export function ruler({ verdict }: Findings, said: number | undefined): Figure | undefined {
  const { measured, predicted, low, high, lastTwo, noFloor, fixedFloor } = verdict.numbers;
  if (measured === undefined || predicted === undefined) return undefined;
  const from = (value: number): number => 1000 * (value - measured);
  const all: [Text, Guess['role'], number | undefined][] = [
    [text('you', '你'), 'you', said],
    [text('the law', '幂律'), 'law', predicted],
    [text('last two points', '最后两点'), 'rival', lastTwo],
    [text('no floor', '没有下限'), 'rival', noFloor],
    [text('known floor', '已知下限'), 'rival', fixedFloor],
  ];
  const guesses = all
    .flatMap(([name, role, value]): Guess[] =>
      value !== undefined && Number.isFinite(value) ? [{ name, role, off: from(value) }] : [],
    )
    .toSorted((a, b) => Math.abs(a.off) - Math.abs(b.off));
  const law = guesses.findIndex(({ role }) => role === 'law');
  const height = (row: number): number => guesses.length - 1 - row;
  const band =
    low !== undefined && high !== undefined
      ? [
          series(text('90% band of the law', '幂律的 90% 区间'), 'fit', 'line', [
            { x: from(low), y: height(law) },
            { x: from(high), y: height(law) },
          ]),
        ]
      : [];
  const reached = text(`the eighth reached ${measured.toFixed(3)}`, `第八个达到 ${measured.toFixed(3)}`);
  return {
    name: 'ruler',
    title: text('Who was right?', '谁说对了？'),
    x: {
      label: text('thousandths of a nat off', '差多少，千分之一纳特'),
      scale: 'linear',
    },
    y: { label: text('', ''), scale: 'linear' },
    rows: guesses.map(({ name, off }) => text(`${name.en}: ${written(off)}`, `${name.zh}：${written(off)}`)),
    series: [
      series(reached, 'reference', 'line', [
        { x: 0, y: -0.6 },
        { x: 0, y: guesses.length - 0.4 },
      ]),
      ...band,
      ...guesses.map(({ name, role, off }, row) =>
        series(name, LOOKS[role], 'line', [
          { x: 0, y: height(row) },
          { x: off, y: height(row) },
        ]),
      ),
    ],
  };
}

/** Of less than one a tenth is seen. */
const written = (off: number): string => Math.abs(off).toFixed(Math.abs(off) < 1 ? 1 : 0);
