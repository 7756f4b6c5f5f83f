/** How far a learner has come in each lesson; kept with the settings. */

/** In their order: a prediction made or a run begun, an experiment finished, the check answered. */
export const STATES = ['begun', 'run', 'checked'] as const;
export type Progress = (typeof STATES)[number];

/** A learner has come this far in a lesson. */
export class ProgressEvent extends Event {
  static readonly type = 'lab-lesson-progress';
  constructor(
    readonly lesson: string,
    readonly progress: Progress,
  ) {
    super(ProgressEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'lab-lesson-progress': ProgressEvent;
  }
}
