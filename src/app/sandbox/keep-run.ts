/** A single run as it is kept: its curves, its main numbers, and what was set. */
import type { Lesson, Text } from '../../lessons/lesson.ts';
import { makeRecording } from '../../lessons/recording.ts';
import { LOSS, SQUARED_ERROR, STEP } from '../../lessons/shared/quantities.ts';
import type { KeptRun } from '../../state/database.ts';
import type { RunInfo, RunResult } from '../../worker/protocol.ts';
import type { Curve, RunHistory } from '../run-history.ts';
import type { Draft } from './draft.ts';

const TITLE: Text = { en: 'loss', zh: '损失' };
const NOTHING: Text = { en: '', zh: '' };

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

/** The run as if it were a lesson that judges nothing. */
function lessonOf(ended: Ended): Lesson {
  const { history, info } = ended;
  return {
    name: 'sandbox',
    title: { en: 'Sandbox', zh: '沙盒' },
    plan: () => [{ key: 'run', spec: shareable(info.spec) }],
    judge: () => ({
      tables: [],
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
      fits: {},
      verdict: {
        outcome: 'not-enough-evidence',
        numbers: tableNumbers(ended),
        sentence: NOTHING,
        refutedBy: NOTHING,
      },
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
