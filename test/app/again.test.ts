/** What a page has open when its worker is ended: it is opened again, and goes on from where it was kept. */
import type { ReactiveControllerHost } from 'lit';
import { afterAll, expect, test, vi } from 'vitest';
import { ExperimentRun } from '../../src/running/experiment-run.ts';
import { LiveRun } from '../../src/app/runs/live-run.ts';
import type { Findings } from '../../src/lessons/lesson.ts';
import type { ExperimentEvent, Lab, RunEvent, RunInfo } from '../../src/worker/protocol.ts';

vi.stubGlobal('matchMedia', () => ({ matches: false }));
afterAll(() => vi.unstubAllGlobals());

const host: ReactiveControllerHost = {
  addController: () => undefined,
  removeController: () => undefined,
  requestUpdate: () => undefined,
  updateComplete: Promise.resolve(true),
};
const ended = { kind: 'status', status: 'failed', name: 'WorkerEnded', message: '' } as const;
const waitForever = (): Promise<never> => new Promise(() => undefined);
const losses = (first: number, ...values: number[]): RunEvent => ({
  kind: 'losses',
  first,
  replicas: 1,
  losses: Float32Array.from(values),
});

test('a run goes on with its state, and its curve stays', async () => {
  const opened: (Uint8Array | undefined)[] = [];
  const asked: unknown[] = [];
  let tell: (event: RunEvent) => void = () => undefined;
  const lab: Partial<Lab> = {
    open: (_spec, listener, kept) => {
      opened.push(kept);
      tell = listener;
      listener({ kind: 'ready', info: { spec: { replicas: 1 } } as RunInfo });
      listener({ kind: 'status', status: kept ? 'paused' : 'ready', step: kept ? 2 : 0 });
      return Promise.resolve(opened.length);
    },
    run: (id) => {
      asked.push(id);
      return waitForever();
    },
    close: () => Promise.resolve(),
  };
  const live = new LiveRun(
    host,
    () => lab as Lab,
    () => undefined,
  );
  await live.open({});
  live.run();
  tell({ kind: 'status', status: 'running', step: 0 });
  tell(losses(0, 5, 4, 3));
  const state = new Uint8Array(3);
  tell({ kind: 'kept', step: 2, state });
  tell({ ...ended, step: 0 });
  await expect.poll(() => asked).toEqual([1, 2]);
  expect(opened).toEqual([undefined, state]);
  expect(live.step).toBe(2);
  tell(losses(2, 3, 2));
  expect([...live.history.training.mean.values]).toEqual([5, 4, 3, 2]);
  expect(live.problem).toBeUndefined();
});

test('an experiment is opened again and goes on up to the run before which it was to pause', async () => {
  const asked: unknown[][] = [];
  let tell: (event: ExperimentEvent) => void = () => undefined;
  let plans = 0;
  const lab: Partial<Lab> = {
    openExperiment: (_items, listener) => {
      tell = listener;
      listener({ kind: 'status', status: plans++ ? 'paused' : 'ready' });
      return Promise.resolve(plans);
    },
    run: (...of) => {
      asked.push(of);
      return waitForever();
    },
    close: () => Promise.resolve(),
  };
  const run = new ExperimentRun(
    host,
    () => lab as Lab,
    () => undefined,
  );
  await run.open([{ key: 'a', spec: {} }], () => ({ figures: [] }) as unknown as Findings);
  run.run({ before: 'b' });
  tell({ kind: 'status', status: 'running' });
  tell(ended);
  await expect
    .poll(() => asked)
    .toEqual([
      [1, undefined, 'b'],
      [2, undefined, 'b'],
    ]);
  expect(run.phase).toBe('running');
});

test('what is said of the browser\u2019s database is replaced by what has become of it', async () => {
  let tell: (event: ExperimentEvent) => void = () => undefined;
  const lab: Partial<Lab> = {
    openExperiment: (_items, listener) => {
      tell = listener;
      return Promise.resolve(1);
    },
  };
  const run = new ExperimentRun(
    host,
    () => lab as Lab,
    () => undefined,
  );
  await run.open([{ key: 'a', spec: {} }], () => ({ figures: [] }) as unknown as Findings);
  const aside = {
    kind: 'set-aside',
    what: 'result',
    id: 'x',
    why: [{ path: '', message: 'damaged' }],
  } as const;
  tell({ kind: 'notice', notice: aside });
  tell({ kind: 'notice', notice: { kind: 'not-kept', reason: 'full', detail: '' } });
  tell({ kind: 'notice', notice: { kind: 'not-kept', reason: 'blocked', detail: '' } });
  expect(run.notices).toMatchObject([aside, { reason: 'blocked' }]);
  tell({ kind: 'notice', notice: { kind: 'kept-again' } });
  expect(run.notices).toEqual([aside]);
  tell({ kind: 'waiting', key: 'a' });
  expect(run.waitsFor).toBe('a');
  tell({ kind: 'building', key: 'a', done: 0, total: 1 });
  expect(run.waitsFor).toBeUndefined();
});
