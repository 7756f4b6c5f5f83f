/** Two report cards: how right each model is in the domain and on the general mix, a row for each. */
import type { Figure, Findings } from '../lesson.ts';
import * as quantities from '../shared/quantities.ts';
import { series } from '../shared/series.ts';
import { text } from '../shared/text.ts';
import { type Key, KEYS, NAMES } from './design.ts';

interface Card {
  key: Key;
  domain: number;
  general: number;
}

/** @param said by the learner: how far the fine-tuned model ends above the generalist, in the domain */
export function reportCards({ tables }: Findings, said: number | undefined): Figure | undefined {
  const { columns, rows } = tables.find(({ name }) => name === 'models') ?? { columns: [], rows: [] };
  const place = (name: string): number => columns.findIndex(({ key }) => key === name);
  const cards = KEYS.flatMap((key): Card[] => {
    const row = rows.find((cells) => cells[place('model')] === key);
    const [domain, general] = [row?.[place('domain')], row?.[place('general')]];
    return typeof domain === 'number' && typeof general === 'number' ? [{ key, domain, general }] : [];
  });
  const generalist = cards.find(({ key }) => key === 'generalist');
  const tuned = cards.findIndex(({ key }) => key === 'fine-tuned');
  if (!generalist || tuned < 0) return undefined;
  const height = (row: number): number => cards.length - 1 - row;
  const level = generalist.domain;
  return {
    name: 'cards',
    title: text('Two report cards', '两张成绩单'),
    x: { label: quantities.SHARE_RIGHT, scale: 'linear' },
    y: { label: text('', ''), scale: 'linear' },
    rows: cards.map(({ key }) => NAMES[key]),
    series: [
      series(text('the big one in field 1', '大模型在领域 1'), 'reference', 'line', [
        { x: level, y: -0.6 },
        { x: level, y: cards.length - 0.4 },
      ]),
      // From one card to the other.
      ...cards.map(({ domain, general }, row) =>
        series(text('', ''), 'reference', 'line', [
          { x: general, y: height(row) },
          { x: domain, y: height(row) },
        ]),
      ),
      series(
        text('in field 1', '在领域 1'),
        'measured',
        'points',
        cards.map(({ domain }, row) => ({ x: domain, y: height(row) })),
      ),
      series(
        text('on the general mix', '在通用混合上'),
        'validation',
        'points',
        cards.map(({ general }, row) => ({ x: general, y: height(row) })),
      ),
      ...(said !== undefined && Number.isFinite(said)
        ? [
            series(text('you, in field 1', '你，领域 1'), 'control', 'points', [
              { x: level + said, y: height(tuned) },
            ]),
          ]
        : []),
    ],
  };
}
