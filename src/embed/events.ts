/** What the figure tells its page: bubbling, and through all shadow roots. */
import type { Findings, Size } from '../lessons/lesson.ts';
import type { RunResult } from '../worker/protocol.ts';

/** The figure is there. */
export interface ReadyDetail {
  lesson: string | undefined;
  /** a recorded run is shown */
  recorded: boolean;
}

/** Training goes on. */
export interface ProgressDetail {
  /** of the whole experiment, 0 … 1 */
  share: number;
  /** of the run under way */
  step: number;
  secondsLeft: number;
  stepsPerSecond: number;
}

/** Something worth saying has happened. */
export interface MilestoneDetail {
  kind: 'running' | 'begins' | 'done' | 'skipped' | 'recovered' | 'paused' | 'ready';
  /** the run that it is about */
  key?: string;
}

/** The experiment has ended. */
export interface CompleteDetail {
  lesson: string | undefined;
  size: Size;
  seed: number;
  findings: Findings | undefined;
  /** by key: spec, losses, evaluations of each run */
  results: Record<string, RunResult>;
}

/** The reader has said what they expect, before the answer is seen. */
export interface PredictedDetail {
  /** a height, a place on the horizontal axis, or a curve */
  kind: 'level' | 'point' | 'curve';
  points: readonly (readonly [x: number, y: number])[];
}

/** Something is wrong; the figure says so too. */
export interface ErrorDetail {
  name: string;
  message: string;
}

/** What was lost is there again, and training goes on from what was kept. */
export interface RecoveredDetail {
  /** the GPU was lost and found again, or a worker was silent and answers, or ended and another one has begun */
  reason: 'gpu' | 'worker';
  /** the run that it is about */
  key: string | undefined;
}

export interface LabEventDetails {
  'lab-ready': ReadyDetail;
  'lab-predicted': PredictedDetail;
  'lab-progress': ProgressDetail;
  'lab-milestone': MilestoneDetail;
  'lab-complete': CompleteDetail;
  'lab-error': ErrorDetail;
  'lab-recovered': RecoveredDetail;
}

export type LabEventName = keyof LabEventDetails;

declare global {
  interface HTMLElementEventMap {
    'lab-ready': CustomEvent<ReadyDetail>;
    'lab-predicted': CustomEvent<PredictedDetail>;
    'lab-progress': CustomEvent<ProgressDetail>;
    'lab-milestone': CustomEvent<MilestoneDetail>;
    'lab-complete': CustomEvent<CompleteDetail>;
    'lab-error': CustomEvent<ErrorDetail>;
    'lab-recovered': CustomEvent<RecoveredDetail>;
  }
}
