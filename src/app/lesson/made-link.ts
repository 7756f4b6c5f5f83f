/** A lesson as a link carries it: settings, prediction, view, and the result where there is one. */
import type { KeptRun } from '../../findings/kept-run.ts';
import type { ViewValues } from '../../lessons/lesson.ts';
import type { Question } from '../../lessons/question.ts';
import { FIRST_SEED } from '../../lessons/seed.ts';
import { MOST_OF_A_NAME } from '../../state/link.ts';
import type { Shared } from '../sharing/sharing.ts';
import { type Choice, withoutSeed } from './choice.ts';
import { resultOf } from './lesson-theirs.ts';

/** @param run the one that has ended; without it the link invites to an experiment that nobody has done yet */
export function sharedOf(
  lesson: string,
  { size, changes }: Choice,
  prediction: KeptRun['prediction'],
  view: ViewValues,
  run: KeptRun | undefined,
  question: Question | undefined,
): Shared {
  // Without a result, everyone who opens the link has a seed of their own.
  const { seed = run?.seed ?? FIRST_SEED, others } = withoutSeed(changes);
  return {
    lesson,
    size,
    seed,
    changes: others,
    prediction,
    view: { ...view },
    ...(run && {
      result: {
        device: run.device.slice(0, MOST_OF_A_NAME),
        digest: run.digest,
        numbers: run.findings.verdict.numbers,
        ...(question && resultOf(question, run.findings)),
      },
    }),
  };
}
