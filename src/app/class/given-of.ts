/** All that a class gets of a finished run: the run, what was predicted and answered, and by which member. */
import type { Given } from '../../class/result.ts';
import type { Prediction } from '../../components/index.ts';
import type { KeptRun } from '../../findings/kept-run.ts';
import { loadAnswers } from './concept-store.ts';
import { forClassOf } from './for-class.ts';
import { membership } from './membership.ts';

/** @returns nothing where the lesson is not for classes */
export async function givenOf(run: KeptRun, prediction: Prediction | undefined): Promise<Given | undefined> {
  const about = await forClassOf(run.lesson);
  return (
    about && {
      run,
      pooled: about.pooled,
      member: membership().member,
      prediction,
      ...loadAnswers(run.lesson),
    }
  );
}
