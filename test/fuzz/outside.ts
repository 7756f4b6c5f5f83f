/** Fuzz targets: what strangers send to the page: links, attributes of an embed, files of runs, messages to the worker. */
import { deflateRawSync } from 'node:zlib';
import { readAddress } from '../../src/app/sharing/address.ts';
import { AxisError, readSweepFile, toSweep, unpackSweep } from '../../src/app/sandbox/sweep-draft.ts';
import { toDraft, toSpec } from '../../src/app/sandbox/draft.ts';
import { chartSeries, xAxisOf } from '../../src/figures/series.ts';
import { layOut } from '../../src/components/chart/layout.ts';
import { linearTicks, logTicks } from '../../src/components/chart/scale.ts';
import { tickText } from '../../src/components/format.ts';
import { readSettings } from '../../src/embed/settings.ts';
import { changed } from '../../src/lessons/changes.ts';
import type { Figure } from '../../src/lessons/lesson.ts';
import { EXPERIMENT_NAMES } from '../../src/lessons/path.ts';
import { SchemaError } from '../../src/schema.ts';
import { decodeLink, LinkError, plainLink, type Shared } from '../../src/state/link.ts';
import { Runs } from '../../src/state/runs.ts';
import type { Device } from '../../src/gpu/device.ts';
import type { Random } from '../../src/random.ts';
import { LabService } from '../../src/worker/lab.ts';
import type {
  ExperimentItem,
  FitRequest,
  RunResult,
  SpecInput,
  ViewRequest,
} from '../../src/worker/protocol.ts';
import { describeForm } from '../../src/training/spec/form.ts';
import { checkSpec, planSweep } from '../../src/worker/planning.ts';
import { speak } from './words.ts';
import { FuzzError, refusal, type Answer, type Target } from './harness.ts';
import { explained, isSmall, someSpec, someSweep, trainThreeSteps } from './specs.ts';
import { damaged, hostile, input, mutated, pick, textOf } from './values.ts';

/** A refusal of one of these kinds is an answer. @throws the error otherwise */
function refusedBy(error: unknown, ...kinds: (abstract new (...args: never[]) => Error)[]): Answer {
  if (error instanceof Error && kinds.some((kind) => error instanceof kind)) return refusal(error.message);
  throw error;
}

/** Changes by path, as knobs and drafts have them. */
function someChanges(random: Random): Record<string, unknown> {
  return toDraft(someSpec(random));
}

const form = describeForm();

/** Axes of a sweep as they are typed. */
function someAxes(random: Random): unknown {
  const parts = [
    { path: 'learningRate', text: '1e-3, 1e-2' },
    { path: 'model.hidden', text: '4; 8 8; 16' },
    { path: 'seed', text: '1 .. 4' },
    { path: 'compute', text: '1e7, 3e7' },
    { path: 'batch', text: '16 .. 128 x2' },
    { path: pick(random, ['steps', '__proto__', 'task.name', 'model']), text: pick(random, ['', '1 .. 1e9', '1,,2', '5 .. 1 +0', '9'.repeat(1999), ';;;']) },
  ]; // prettier-ignore
  return Array.from({ length: 1 + random.integer(2) }, () => [pick(random, parts)]);
}

function somePoints(random: Random): [number, number][] {
  const any = (): number => pick(random, [0, 1, -1, 1e308, -1.7e308, 5e-324, 1e37, random.uniform()]);
  return Array.from({ length: 1 + random.integer(5) }, () => [any(), any()]);
}

/** Whatever numbers a stranger puts on a chart, it is laid out with a few ticks. */
function draw(figure: Figure, heights: readonly number[]): void {
  for (const log of [false, true]) {
    const { ranges } = layOut(chartSeries(figure), {
      axis: xAxisOf(figure), logX: log, logY: log, width: 600, lines: [], heights,
    }); // prettier-ignore
    for (const [min, max] of [ranges.x, ranges.y]) {
      const ticks = (log ? logTicks : linearTicks)(min, max, 8);
      if (ticks.length > 40 || ticks.map(tickText).some((text) => /NaN|Infinity/.test(text)))
        throw new FuzzError(`ticks from ${min} to ${max}`);
    }
  }
}

/** Two arguments, of whatever was made of a list of two. */
const pairOf = (given: unknown): [never, never] =>
  (Array.isArray(given) && given.length === 2 ? given : [given, given]) as [never, never];

const label = { en: 'a', zh: '一' };
const axis = (scale: 'linear' | 'log'): Figure['x'] => ({ label, scale });
const figureOf = (points: readonly (readonly [number, number])[]): Figure => ({
  name: 'f', title: label, x: axis('linear'), y: axis('log'),
  series: [{ name: label, role: 'measured', mark: 'line', x: points.map(([x]) => x), y: points.map(([, y]) => y) }],
}); // prettier-ignore

export function links(device?: () => Promise<Device>): Target {
  const shared = (random: Random): unknown => ({
    lesson: pick(random, ['sandbox', ...EXPERIMENT_NAMES]),
    size: pick(random, ['small', 'standard', 'large']),
    seed: random.integer(5),
    changes: {
      ...someChanges(random),
      ...(random.integer(4) === 0 && { sweep: { axes: someAxes(random) } }),
    },
    prediction: { loss: random.integer(2) ? random.uniform() : somePoints(random) },
    view: { x: 'log', m: 10 },
  });
  /** A spec, or the sweep that its axes make of it. */
  const specOf = ({ changes }: Shared): SpecInput => {
    const { sweep, ...draft } = changes;
    return sweep === undefined ? toSpec(draft) : toSweep(draft, unpackSweep(sweep), form);
  };
  const opened = async (hash: string): Promise<Shared> => {
    const { page, words } = readAddress(hash);
    const packed = words.get('s');
    return packed === null ? plainLink(page.replace('lesson/', ''), words) : await decodeLink(packed);
  };
  return {
    name: 'links',
    generate(random) {
      const json = textOf(input(random, shared));
      const plain = random.integer(4) === 0;
      const changes = encodeURIComponent(JSON.stringify(someChanges(random)));
      const hash = plain
        ? `#/lesson/${pick(random, EXPERIMENT_NAMES)}?size=small&seed=${random.integer(9)}&changes=${changes}`
        : `#/sandbox?s=${deflateRawSync(random.integer(5) ? json : damaged(json, random)).toString('base64url')}`;
      return random.integer(3) ? hash : damaged(hash, random);
    },
    async check(hash) {
      try {
        const shared = await opened(hash as string);
        const points = Object.values(shared.prediction).flatMap((value): [number, number][] =>
          typeof value === 'number' ? [[0, value]] : value,
        );
        draw(
          figureOf(points),
          points.map(([, y]) => y),
        );
        changed([{ key: 'run', spec: { model: { hidden: [4, 8] }, steps: 5 } }], shared.changes);
        speak(shared.changes);
        const spec = specOf(shared);
        const checked = 'axes' in spec ? planSweep(spec) : checkSpec(spec);
        if ('problems' in checked) return refusal(checked.problems.map(({ message }) => message).join('\n'));
        return 'accepted';
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('sweep: ')) return refusal(error.message);
        return refusedBy(error, LinkError, SchemaError, AxisError);
      }
    },
    train: async (hash) =>
      device !== undefined && (await trainFirst(device, specOf(await opened(hash as string)))),
  };
}

export function attributes(device?: () => Promise<Device>): Target {
  const some = (random: Random): Record<string, unknown> => ({
    ...(random.integer(2) ? { lesson: pick(random, EXPERIMENT_NAMES) } : { spec: random.integer(2) ? someSpec(random) : JSON.stringify(someSweep(random)) }),
    ...(random.integer(2) && { seed: String(random.integer(9)) }),
    ...(random.integer(3) === 0 && { changes: JSON.stringify(Object.fromEntries(Object.entries(someChanges(random)).slice(0, 9))) }),
    ...(random.integer(3) === 0 && { prediction: { kind: pick(random, ['level', 'point', 'curve']), points: somePoints(random) } }),
    ...(random.integer(3) === 0 && { controls: 'run, seed size' }),
    ...(random.integer(3) === 0 && { scale: 'log-log' }),
  }); // prettier-ignore
  return {
    name: 'attributes',
    generate: (random) => input(random, some),
    check(raw): Answer {
      if (typeof raw !== 'object' || raw === null) return 'refused'; // no element has such attributes
      try {
        const { prediction, changes, spec } = readSettings(raw, 'https://example.org/page');
        if (prediction) draw(figureOf(prediction.points), prediction.points.map(([, y]) => y)); // prettier-ignore
        changed([{ key: 'run', spec: spec ?? { model: { hidden: [4, 8] } } }], changes);
        return 'accepted';
      } catch (error) {
        return refusedBy(error, SchemaError);
      }
    },
    async train(raw) {
      if (!device || typeof raw !== 'object' || raw === null) return false;
      const { spec } = readSettings(raw, 'https://example.org/page');
      return spec !== undefined && (await trainFirst(device, spec));
    },
  };
}

/** Trains a spec, or the first run of a sweep. @returns whether it is one, and small enough */
async function trainFirst(device: () => Promise<Device>, given: SpecInput): Promise<boolean> {
  if ('spec' in given || 'axes' in given) {
    const planned = planSweep(given);
    const [run] = 'runs' in planned ? planned.runs : [];
    return run !== undefined && trainThreeSteps(await device(), run.spec);
  }
  const checked = checkSpec(given);
  return 'spec' in checked && trainThreeSteps(await device(), checked.spec);
}

/** Kept runs and sweep files, as somebody chooses or drops them. */
export function runFiles(device?: () => Promise<Device>): Target {
  const run = (random: Random): Record<string, unknown> => ({
    lesson: pick(random, EXPERIMENT_NAMES), size: 'small', seed: 1, device: 'a device', date: '2026-11-23T12:00:00.000Z',
    seconds: 3, digest: '0badcafe', specs: { run: someSpec(random) }, name: 'first', changes: { steps: 5 },
    prediction: { loss: somePoints(random) },
    findings: {
      tables: [{ name: 't', title: label, columns: [{ key: 'a', title: label }], rows: [[1], ['x'], [null]] }],
      figures: [figureOf(somePoints(random))], fits: {},
      verdict: { outcome: 'holds', numbers: { a: 1 }, sentence: label, refutedBy: label },
    },
  }); // prettier-ignore
  const file = (random: Random): unknown =>
    random.integer(3) === 0
      ? someSweep(random)
      : {
          format: 'scaling-lab runs 1',
          runs: Array.from({ length: 1 + random.integer(3) }, () => run(random)),
        };
  return {
    name: 'run-files',
    generate(random) {
      const text = textOf(input(random, file));
      return random.integer(4) ? text : damaged(text, random);
    },
    async check(text) {
      let answer: Answer = 'refused';
      try {
        const runs = new Runs(undefined);
        await runs.import(text as string, 'file');
        for (const { findings, changes } of await runs.list()) {
          for (const figure of findings.figures) draw(figure, []);
          speak(changes);
        }
        answer = 'accepted';
      } catch (error) {
        refusedBy(error, SchemaError);
      }
      try {
        const { base, sweep } = readSweepFile(text as string);
        toSpec(base);
        speak(base, sweep);
        answer = 'accepted';
      } catch (error) {
        if (!(error instanceof Error) || ['TypeError', 'RangeError'].includes(error.name)) throw error;
        refusal(error.message);
      }
      return answer;
    },
    async train(text) {
      if (!device) return false;
      const { runs, ...sweep } = JSON.parse(text as string) as {
        runs?: { specs: Record<string, SpecInput> }[];
      };
      const spec = runs ? Object.values(runs[0]?.specs ?? {})[0] : sweep;
      return spec !== undefined && (await trainFirst(device, spec));
    },
  };
}

class NoDevice extends Error {}

const isSmallRun = (given: SpecInput): boolean => {
  const checked = checkSpec(given);
  return 'spec' in checked && isSmall(checked.spec);
};

/** Whatever opens a run or an experiment is opened, trained and closed as the page does it. */
async function trainOpened(device: () => Promise<Device>, { name, given }: Message): Promise<boolean> {
  const lab = new LabService(device);
  try {
    if (name === 'open') {
      if (!isSmallRun(given as SpecInput)) return false;
      const id = await lab.open(given as SpecInput, () => undefined);
      await lab.run(id, 3);
      await lab.close(id);
    } else if (name === 'openExperiment') {
      const items = given as ExperimentItem[];
      if (!items.every((item) => 'spec' in item && isSmallRun(item.spec))) return false;
      const id = await lab.openExperiment(items, () => undefined);
      await lab.run(id, 3);
      await lab.close(id);
    } else return false;
  } catch (error) {
    explained(error);
  }
  return true;
}

interface Message {
  name: string;
  given: unknown;
}

/** The worker's methods, called with whatever a page could send. */
export function messages(device?: () => Promise<Device>): Target {
  const lab = new LabService(() => Promise.reject(new NoDevice('There is no device here.')));
  const fitting = (random: Random): unknown => ({
    rows: Array.from({ length: 4 + random.integer(5) }, (_, i) => ({ N: 10 * (i + 1), D: 100 * (i + 1), C: 1e6 * (i + 1), loss: 3 / (i + 1) })),
    law: pick(random, ['power', 'power', 'isoflop']),
    x: pick(random, ['N', 'D', 'C']),
  }); // prettier-ignore
  const items = (random: Random): unknown => [
    { key: 'a', spec: someSpec(random) },
    { key: 'b', spec: someSpec(random), ...(random.integer(2) && { from: 'a' }) },
  ];
  const calls: Record<string, [(random: Random) => unknown, (given: never) => Promise<unknown>]> = {
    check: [someSpec, (spec: SpecInput) => lab.check(spec)],
    plan: [someSweep, (sweep: SpecInput) => lab.plan(sweep)],
    fit: [fitting, (request: FitRequest) => lab.fit(request)],
    open: [someSpec, (spec: SpecInput) => lab.open(spec, () => undefined)],
    openExperiment: [items, (given: ExperimentItem[]) => lab.openExperiment(given, () => undefined)],
    table: [(random) => [someSweep(random), {}], (given: [SpecInput, Record<string, RunResult>]) => lab.table(...pairOf(given))],
    view: [() => ({ kind: 'surface', size: 8, extent: 1 }), (request: ViewRequest) => lab.view(1, request)],
    run: [() => 1, (id: number) => lab.run(id)],
  }; // prettier-ignore
  const quick = Object.keys(calls).filter((name) => name !== 'fit');
  return {
    name: 'messages',
    generate(random) {
      // A fit takes longer than all the rest.
      const name = random.integer(40) === 0 ? 'fit' : pick(random, quick);
      const [valid] = calls[name]!;
      const given = random.integer(3)
        ? valid(random)
        : random.integer(3)
          ? mutated(valid(random), random)
          : hostile(random);
      return { name, given };
    },
    async check(message) {
      const { name, given } = message as Message;
      try {
        const answer = await calls[name]![1](given as never);
        return typeof answer === 'object' && answer !== null && 'problems' in answer ? 'refused' : 'accepted';
      } catch (error) {
        if (error instanceof Error && /^There is no (run|experiment) /.test(error.message))
          return refusal(error.message);
        if (error instanceof NoDevice) return 'accepted'; // All that is wrong with a spec is said before.
        return refusedBy(error, SchemaError);
      }
    },
    train: async (message) => device !== undefined && (await trainOpened(device, message as Message)),
  };
}
