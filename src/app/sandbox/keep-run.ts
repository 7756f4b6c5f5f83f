/** A single run as it is kept: its curves, its main numbers, and what was set. */
import type { KeptRun } from '../../findings/kept-run.ts';
import { recordSingleRun } from '../../files/single-run.ts';
import { MOST_OF_A_NAME } from '../../state/link.ts';
import type { RunInfo, RunResult } from '../../worker/protocol.ts';
import type { RunHistory } from '../runs/run-history.ts';
import type { Shared } from '../sharing/sharing.ts';
import type { Draft } from './draft.ts';
import type { SweepDraft } from './sweep-draft.ts';

/** The sandbox, as stored runs and links call it. */
export const NAME = 'sandbox';
/** The number that the prediction of the page is about. */
export const PREDICTED = 'trainLoss';

export interface Ended {
  info: RunInfo;
  history: RunHistory;
  step: number;
  device: string;
  draft: Draft;
  name: string;
  prediction: KeptRun['prediction'];
}

/** Numbers that stand in the table, by name. */
export function numbersOf({
  info,
  history,
  step,
}: Pick<Ended, 'info' | 'history' | 'step'>): Record<string, number> {
  const metrics = [...history.metrics].map(([name, values]) => [name, values.at(-1) ?? NaN] as const);
  return {
    ...Object.fromEntries(metrics),
    trainLoss: history.training.latest ?? NaN,
    parameters: info.parameters,
    steps: step,
    seconds: Number(history.secondsAt(step).toPrecision(3)),
    ...(info.floor !== undefined && { floor: info.floor }),
  };
}

export function keptRun(ended: Ended): KeptRun {
  const { info, history, step, device, draft, name, prediction } = ended;
  const { spec, parameters, flopsPerStep, tokensPerStep, floor } = info;
  const result: RunResult = {
    spec,
    device,
    date: new Date().toISOString(),
    outcome: 'finished',
    step,
    divergences: history.diverged,
    parameters,
    flopsPerStep,
    tokensPerStep,
    ...(floor !== undefined && { floor }),
    seconds: history.secondsAt(step),
    compileSeconds: 0,
    losses: { first: 0, values: history.training.replicas.map(({ values }) => Array.from(values)) },
    evaluations: history.evaluations,
  };
  // There is a loss of guessing only where answers are classes, whose loss is in nats.
  const recording = recordSingleRun(result, info.guessLoss !== undefined);
  return { ...recording, name, changes: { ...shared(draft) }, prediction };
}

/** A draft without the learner's own text, which is never shared. */
export function shared(draft: Draft): Draft {
  const { 'task.text': _own, ...rest } = draft;
  return rest;
}

/** What a link says of the settings. @param sweep where they are those of one */
export function sharedDraft(draft: Draft, sweep: SweepDraft | undefined): Omit<Shared, 'prediction'> {
  const { seed = 1, ...changes } = shared(draft) as Draft & { seed?: number };
  return {
    lesson: NAME,
    size: 'standard',
    seed,
    changes: { ...changes, ...(sweep && { sweep }) },
    view: {},
  };
}

/** What a link says of a result. */
export const resultOf = ({ device, digest, findings }: KeptRun): NonNullable<Shared['result']> => ({
  device: device.slice(0, MOST_OF_A_NAME),
  digest,
  numbers: findings.verdict.numbers,
});
