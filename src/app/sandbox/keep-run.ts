/** A single run as it is kept: its curves, its main numbers, and what was set. */
import { NO_FINDINGS, NO_VERDICT } from '../../findings/findings.ts';
import type { Judged, Text } from '../../lessons/lesson.ts';
import { makeRecording } from '../../lessons/recording.ts';
import { LOSS, SQUARED_ERROR, STEP } from '../../lessons/shared/quantities.ts';
import type { KeptRun } from '../../state/database.ts';
import type { RunInfo, RunResult } from '../../worker/protocol.ts';
import type { Curve, RunHistory } from '../runs/run-history.ts';
import type { Shared } from '../sharing/sharing.ts';
import type { Draft } from './draft.ts';
import type { SweepDraft } from './sweep-draft.ts';

const TITLE: Text = { en: 'loss', zh: '损失' };

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
  const result: RunResult = {
    spec: info.spec,
    device,
    date: new Date().toISOString(),
    outcome: 'finished',
    step,
    divergences: history.diverged,
    parameters: info.parameters,
    flopsPerStep: info.flopsPerStep,
    tokensPerStep: info.tokensPerStep,
    seconds: history.secondsAt(step),
    compileSeconds: 0,
    losses: { first: 0, values: history.training.replicas.map(({ values }) => Array.from(values)) },
    evaluations: [],
  };
  const { date, seconds } = result;
  const recording = makeRecording(
    lessonOf(ended),
    { runs: new Map([['run', result]]), benchmarks: new Map() },
    { size: 'standard', seed: info.spec.seed, device, date, seconds },
  );
  return { ...recording, name, changes: { ...shared(draft) }, prediction };
}

/** What others may see of a draft: a text of one's own stays here. */
export function shared(draft: Draft): Draft {
  const { 'task.text': _own, ...rest } = draft;
  return rest;
}

/** The run in the form of a lesson's recording, with a verdict that says nothing. */
function lessonOf(ended: Ended): Judged {
  const { history, info } = ended;
  return {
    name: 'sandbox',
    plan: () => [{ key: 'run', spec: shareable(info.spec) }],
    judge: () => ({
      ...NO_FINDINGS,
      figures: [
        {
          name: 'loss',
          title: TITLE,
          x: { label: STEP, scale: 'linear' },
          // Guessing costs something where there are classes.
          y: { label: info.guessLoss === undefined ? SQUARED_ERROR : LOSS, scale: 'linear' },
          series: [
            {
              ...seriesOf(history.training),
              name: { en: 'training', zh: '训练' },
              role: 'train',
              mark: 'line',
            },
            {
              ...seriesOf(history.validation),
              name: { en: 'held out', zh: '留出' },
              role: 'validation',
              mark: 'line',
            },
          ],
        },
      ],
      verdict: { ...NO_VERDICT, numbers: tableNumbers(ended) },
    }),
  };
}

/** In a table of runs there is no room to say that a rare symbol was taken as known. */
function tableNumbers(ended: Ended): Record<string, number> {
  const { accuracyWithoutRare, ...numbers } = numbersOf(ended);
  return accuracyWithoutRare === undefined ? numbers : { ...numbers, accuracy: accuracyWithoutRare };
}

function shareable(spec: RunInfo['spec']): Record<string, unknown> {
  const { text: _own, ...task } = spec.task as { text?: string };
  return { ...spec, task };
}

function seriesOf(curve: Curve): { x: number[]; y: number[]; low?: number[]; high?: number[] } {
  const list = (values: Float64Array): number[] => Array.from(values);
  const [low, high] = [list(curve.low.values), list(curve.high.values)];
  const hasBand = curve.replicas.length > 1 && [...low, ...high].every(Number.isFinite);
  return {
    x: list(curve.steps.values),
    y: list(curve.mean.values),
    ...(hasBand && { low, high }),
  };
}

/** What a link says of the settings. @param sweep where they are those of one */
export function sharedDraft(draft: Draft, sweep: SweepDraft | undefined): Omit<Shared, 'prediction'> {
  const { seed = 1, ...changes } = shared(draft) as Draft & { seed?: number };
  return {
    lesson: 'sandbox',
    size: 'standard',
    seed,
    changes: { ...changes, ...(sweep && { sweep }) },
    view: {},
  };
}

/** What a link says of a result. */
export const resultOf = ({ device, digest, findings }: KeptRun): NonNullable<Shared['result']> => ({
  device: device.slice(0, 120),
  digest,
  numbers: findings.verdict.numbers,
});
