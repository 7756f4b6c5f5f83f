/** The duel of a lesson's page: what the learner and the law have said, and how another seed is begun with. */
import { decodeLink } from '../../state/link.ts';
import type { Bench } from '../lesson/lesson-bench.ts';
import { saidOf } from '../lesson/prediction-control.ts';
import { readAddress } from '../sharing/address.ts';
import { linkTo } from '../sharing/sharing.ts';
import type { Duel, Outcome } from './duel.ts';

/** Of a lesson's page. */
export type DuelOf = Pick<Bench, 'lesson' | 'experiment' | 'predicts' | 'records' | 'view'> & {
  name: string;
};

export function duelOf(of: DuelOf): Duel {
  const { experiment } = of;
  return {
    seed: experiment.seed,
    isBusy: experiment.run.phase === 'running',
    outcome: outcomeOf(of),
    play: (seed) => play(of, seed),
    link: () => coarseLink(of),
  };
}

function outcomeOf({ lesson, experiment, predicts, view }: DuelOf): Outcome | undefined {
  const { question, rival } = lesson;
  if (!rival || view.whose !== 'own' || !view.isOpen) return undefined;
  const { figures = [], verdict } = view.shown ?? {};
  const figure = figures.find(({ name }) => name === question.figure);
  const said = saidOf(question, predicts.prediction);
  const { [question.value]: got, [rival.value]: theirs } = verdict?.numbers ?? {};
  if (!figure || said === undefined || got === undefined || theirs === undefined) return undefined;
  return {
    figure,
    frame: { x: question.x.range, y: question.y.range },
    unit: question.unit ?? { en: '', zh: '' },
    said,
    rival: { name: rival.name, said: theirs },
    got,
    device: experiment.device?.name ?? '',
  };
}

/** The link of the page with what was said and what came, and nothing else, so that its code stays coarse. */
async function coarseLink({ name, lesson: { question, rival }, records }: DuelOf): Promise<string> {
  const { link } = await records.share();
  const shared = await decodeLink(readAddress(new URL(link).hash).words.get('s') ?? '');
  const { result } = shared;
  const numbers = Object.entries(result?.numbers ?? {}).filter(
    ([key]) => key === question.value || key === rival?.value,
  );
  return linkTo(`lesson/${name}`, {
    ...shared,
    view: {},
    ...(result && { result: { ...result, numbers: Object.fromEntries(numbers) } }),
  });
}

/** As by a link to that seed: what was said before is taken back, and what an earlier seed gave is put away. */
async function play({ name, experiment, predicts, records }: DuelOf, seed: number): Promise<void> {
  const hash = `#/lesson/${name}?size=${experiment.applied.size}&seed=${seed}`;
  if (location.hash !== hash) {
    const heard = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
    location.hash = hash;
    await heard;
  }
  await records.link.ready;
  if (experiment.seed !== seed) await experiment.open();
  predicts.again();
}
