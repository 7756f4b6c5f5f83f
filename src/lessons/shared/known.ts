/** What models of facts know: the share that is right by how popular the facts are, as bars for each model or step. */
import type { Picture } from '../../findings/pictures.ts';
import { VALUES } from '../../inside/exam.ts';
import type { Text } from '../lesson.ts';
import { grouped, same, text } from './text.ts';

type Metrics = Readonly<Record<string, number>>;
type Bars = Extract<Picture, { kind: 'bars' }>;

/** Names of the metrics of popular and rare facts. */
const BAND = /^ranks(\d+)to(\d+)$/;

/** Accuracies by rank, popular facts first. */
function bandsOf(metrics: Metrics): { name: string; first: number }[] {
  return Object.keys(metrics)
    .flatMap((key) => {
      const [, first, last] = BAND.exec(key) ?? [];
      return first && last ? [{ key, first: Number(first), last: Number(last) }] : [];
    })
    .toSorted((a, b) => a.first - b.first)
    .map(({ key, first }) => ({ name: key, first }));
}

const CHANCE = `${(100 / VALUES).toFixed(1)}%`;
/** What the bars look like where nothing was learned. */
export const GUESSING = text(
  `An untrained model guesses among ${VALUES} values: every bar at ${CHANCE}.`,
  `没有训练过的模型在 ${VALUES} 个值里猜：每根柱都是 ${CHANCE}。`,
);

export interface KnownPanel {
  name: Text;
  isControl?: boolean;
  /** scores of the whole set of facts, for each place */
  scores: (Metrics | undefined)[];
  reading?: NonNullable<Bars['panels'][number]['reading']>;
}

/** The frontier of what is known. Nothing where no model has been scored by rank. */
export function knownFacts(
  about: Pick<Bars, 'name' | 'title' | 'look' | 'figures' | 'place' | 'at'>,
  panels: readonly KnownPanel[],
): Picture[] {
  const some = panels.flatMap(({ scores }) => scores).find((scores) => scores !== undefined);
  const bands = some ? bandsOf(some) : [];
  if (!bands.length) return [];
  return [
    {
      kind: 'bars',
      ...about,
      untrained: GUESSING,
      bars: bands.map(({ name }) => {
        const [, first, last] = BAND.exec(name)!;
        return { name: same(`${grouped(Number(first))}–${grouped(Number(last))}`) };
      }),
      most: 1,
      panels: panels.map(({ scores, ...panel }) => ({
        ...panel,
        frames: scores.map((each) => each && bands.map(({ name }) => each[name] ?? 0)).map((f) => f ?? null),
      })),
    },
  ];
}
