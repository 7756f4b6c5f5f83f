/** The duel of a lesson's page: both predictions and the result, and a way to begin with another seed. */
import { decodeLink } from '../../state/link.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import type { LessonModel } from '../lesson/lesson-model.ts';
import { saidOf } from '../lesson/prediction-control.ts';
import { readAddress } from '../sharing/address.ts';
import { linkTo } from '../sharing/sharing.ts';
import type { Duel, Outcome } from './duel.ts';

/** The lesson whose page has the duel, and the parts of that page. */
export interface DuelOf {
  lesson: Lesson;
  model: LessonModel;
}

export function duelOf(of: DuelOf): Duel {
  const { experiment } = of.model;
  return {
    seed: experiment.seed,
    isBusy: experiment.run.phase === 'running',
    outcome: outcomeOf(of),
    play: (seed) => play(of, seed),
    link: () => coarseLink(of),
  };
}

function outcomeOf({ lesson, model }: DuelOf): Outcome | undefined {
  const { experiment, predicts, view } = model;
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

/** The page's link with no more than predictions and result: a short link has a coarse QR code, which is easy to scan. */
async function coarseLink({ lesson: { question, rival }, model }: DuelOf): Promise<string> {
  const { link } = await model.records.sharing.share();
  const shared = await decodeLink(readAddress(new URL(link).hash).words.get('s') ?? '');
  const { result } = shared;
  const numbers = Object.entries(result?.numbers ?? {}).filter(
    ([key]) => key === question.value || key === rival?.value,
  );
  return linkTo(`lesson/${model.name}`, {
    ...shared,
    view: {},
    ...(result && { result: { ...result, numbers: Object.fromEntries(numbers) } }),
  });
}

/** Opens the page with that seed, as a link would, and takes the earlier prediction back. */
async function play({ model }: DuelOf, seed: number): Promise<void> {
  const { name, experiment, predicts, records } = model;
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
