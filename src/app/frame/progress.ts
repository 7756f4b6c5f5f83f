/** How far a learner has come in each lesson; kept with the settings. */
import type { Outcome } from '../../findings/findings.ts';
import type { Prediction } from '../../components/index.ts';

/** In their order: a prediction made or a run begun, an experiment finished, the check answered. */
export const STATES = ['begun', 'run', 'checked'] as const;
export type Progress = (typeof STATES)[number];

/** What there is of a lesson when it says how far a learner has come. */
export interface SoFar {
  prediction: Prediction | undefined;
  /** the answer was seen: of a run of the learner's own, or of the recorded one */
  seen: boolean;
  /** how near the prediction was, 0 … 100, where it can be told */
  points: number | undefined;
  /** of the learner's own run, when it has ended */
  outcome: Outcome | undefined;
  /** whether the check was answered rightly, where the learner's run can tell */
  right?: boolean | undefined;
}

/** A learner has come this far in a lesson. */
export class ProgressEvent extends Event {
  static readonly type = 'lab-lesson-progress';
  constructor(
    readonly lesson: string,
    readonly progress: Progress,
    readonly soFar?: SoFar,
  ) {
    super(ProgressEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'lab-lesson-progress': ProgressEvent;
  }
}
