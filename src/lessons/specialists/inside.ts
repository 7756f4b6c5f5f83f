/** The inside of specialists: what is learned in one domain, and the columns of the others that go dark. */
import type { Picture } from '../../findings/pictures.ts';
import type { RunResult } from '../../worker/protocol.ts';
import type { Inside } from '../inside.ts';
import { GUESSING } from '../shared/known.ts';
import { text } from '../shared/text.ts';
import { NAMES, type Key } from './design.ts';

const SHOWN: readonly Key[] = ['fine-tuned', 'replay', 'generalist'];
const DOMAIN = /^domain(\d+)$/;

/** Accuracy in each domain, at each evaluation. */
function columns(run: RunResult): { step: number; values: number[] }[] {
  return run.evaluations.flatMap(({ step, sets }) => {
    const scores = sets.general?.[0] ?? {};
    const values = Object.entries(scores)
      .filter(([key]) => DOMAIN.test(key))
      .toSorted(([a], [b]) => Number(a.slice(6)) - Number(b.slice(6)))
      .map(([, accuracy]) => accuracy);
    return values.length ? [{ step, values }] : [];
  });
}

export const inside: Inside = {
  pictures({ runs }): Picture[] {
    const tuned = runs.get('fine-tuned');
    const own = tuned ? columns(tuned) : [];
    if (!tuned || !own.length) return [];
    const at = own.map(({ step }) => step);
    const { domain = 0 } = tuned.spec.task as { domain?: number };
    return [
      {
        kind: 'bars',
        name: 'domains',
        title: text('Domain by domain', '一个领域一个领域'),
        look: text(
          'Each column is a domain. While the small model learns the marked one, the others go dark; replay of the mix keeps them. The big generalist stands beside it.',
          '每一列是一个领域。小模型在学标出的那个时，其余的暗了下去；回放混合数据能留住它们。旁边是大的通才。',
        ),
        untrained: GUESSING,
        figures: ['domain', 'general'],
        place: text('step of fine-tuning', '微调的步'),
        at,
        bars: own[0]!.values.map((_, i) => ({
          name: text(String(i + 1), String(i + 1)),
          isMarked: i === domain,
        })),
        most: 1,
        panels: SHOWN.flatMap((key) => {
          const run = runs.get(key);
          const frames = run && columns(run);
          if (!frames?.length) return [];
          // What is longer is shown over its own way; the generalist as it ended.
          const shares = at.map((step) => (key === 'generalist' ? 1 : step / at.at(-1)!));
          return [
            {
              name: NAMES[key],
              ...(key === 'generalist' && { isControl: true }),
              frames: shares.map(
                (share) =>
                  (frames.findLast(({ step }) => step <= share * frames.at(-1)!.step + 0.5) ?? frames[0]!)
                    .values,
              ),
            },
          ];
        }),
      },
    ];
  },
};
