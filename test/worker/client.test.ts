import * as Comlink from 'comlink';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MissingPartError } from '../../src/loading.ts';
import { startBench } from '../../src/worker/bench-start.ts';
import { createLab, type WorkerLife } from '../../src/worker/client.ts';
import { WorkerCrash, WorkerEnded } from '../../src/worker/crash.ts';
import type { Lab, RunEvent } from '../../src/worker/protocol.ts';
import { reportOf } from '../support/device-report.ts';

/** A worker that lives in this thread, behind a real message channel. */
class NearWorker extends EventTarget {
  terminated = false;
  private readonly channel = new MessageChannel();

  constructor(lab: Partial<Lab>) {
    super();
    Comlink.expose(lab, this.channel.port2);
    this.channel.port1.addEventListener('message', ({ data, ports }) =>
      this.dispatchEvent(new MessageEvent('message', { data: data as unknown, ports: [...ports] })),
    );
    this.channel.port1.start();
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.channel.port1.postMessage(message, transfer);
  }

  /** @param message none where the script could not be loaded */
  crash(message?: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), message !== undefined && { message }));
  }

  /** What a worker's own timer sends. */
  beat(): void {
    this.dispatchEvent(new MessageEvent('message', { data: 'beat' }));
  }

  terminate(): void {
    this.terminated = true;
    this.channel.port1.close();
  }
}

function labWith(
  remote: Partial<Lab>,
  refresh?: () => Promise<unknown>,
): { lab: Lab & WorkerLife; workers: NearWorker[] } {
  const workers: NearWorker[] = [];
  const start = (): Worker => {
    const worker = new NearWorker(remote);
    workers.push(worker);
    return worker as unknown as Worker;
  };
  return { lab: createLab(start, refresh), workers };
}

const report = reportOf();
const waitForever = (): Promise<never> => new Promise(() => undefined);

afterEach(() => vi.unstubAllGlobals());

test('the worker starts at the first call, once', async () => {
  const { lab, workers } = labWith({ device: () => Promise.resolve(report) });
  expect(workers).toHaveLength(0);
  expect(await lab.device()).toEqual(report);
  await lab.device();
  expect(workers).toHaveLength(1);
  workers[0]!.terminate();
});

test('events reach the listener with their arrays', async () => {
  const { lab, workers } = labWith({
    open: (_spec, listener) => {
      listener({ kind: 'losses', first: 0, replicas: 1, losses: Float32Array.of(4, 3) });
      return Promise.resolve(5);
    },
  });
  const heard: RunEvent[] = [];
  expect(await lab.open({}, (event) => heard.push(event))).toBe(5);
  await expect.poll(() => heard).toHaveLength(1);
  expect(heard[0]).toMatchObject({ kind: 'losses', losses: Float32Array.of(4, 3) });
  workers[0]!.terminate();
});

test('an error keeps its name and message', async () => {
  const refusal = Object.assign(new Error('no WebGPU here'), { name: 'NoGPUError' });
  const { lab, workers } = labWith({ device: () => Promise.reject(refusal) });
  await expect(lab.device()).rejects.toMatchObject({ name: 'NoGPUError', message: 'no WebGPU here' });
  workers[0]!.terminate();
});

test('a crash rejects what is under way, tells every run, and the next call starts afresh', async () => {
  const { lab, workers } = labWith({
    device: () => Promise.resolve(report),
    open: () => Promise.resolve(1),
    run: waitForever,
  });
  const heard: RunEvent[] = [];
  await lab.open({}, (event) => heard.push(event));
  const running = lab.run(1);
  workers[0]!.crash('out of memory');
  await expect(running).rejects.toBeInstanceOf(WorkerCrash);
  expect(heard).toMatchObject([{ kind: 'status', status: 'failed' }]);
  expect(workers[0]!.terminated).toBe(true);
  await lab.close(1); // nothing to close: no new worker for that
  expect(workers).toHaveLength(1);
  expect(await lab.device()).toEqual(report);
  expect(workers).toHaveLength(2);
  workers[1]!.terminate();
});

test('a worker whose script did not come is followed by another only when scripts were asked for anew', async () => {
  const asked: (() => void)[] = [];
  const refresh = (): Promise<void> => new Promise((resolve) => asked.push(resolve));
  const { lab, workers } = labWith({ device: () => Promise.resolve(report) }, refresh);
  const first = lab.device();
  workers[0]!.crash();
  await expect(first).rejects.toThrow(WorkerCrash);
  const second = lab.device();
  expect(asked).toHaveLength(1);
  expect(workers).toHaveLength(1);
  asked[0]!();
  expect(await second).toEqual(report);
  expect(workers).toHaveLength(2);
  // One that was ended had its script.
  lab.end();
  expect(await lab.device()).toEqual(report);
  expect(asked).toHaveLength(1);
});

test('is nothing but the lab to whoever looks what it is', () => {
  const { lab } = labWith({});
  for (const name of ['_$litDirective$', '_$litType$', 'then', Symbol.iterator])
    expect(Reflect.get(lab, name), String(name)).toBeUndefined();
  expect(typeof Reflect.get(lab, 'openExperiment')).toBe('function');
});

test('a worker that lacks a part of its program is ended: what is open hears of it, the next call starts another', async () => {
  let count = 0;
  const device = (): Promise<typeof report> =>
    count++ === 0 ? Promise.reject(new MissingPartError('session.js')) : Promise.resolve(report);
  const { lab, workers } = labWith({ device, open: () => Promise.resolve(1) });
  const events: RunEvent[] = [];
  await lab.open({}, (event) => events.push(event));
  await expect(lab.device()).rejects.toThrow('session.js');
  expect(events).toMatchObject([{ kind: 'status', status: 'failed', name: 'WorkerCrash' }]);
  expect(workers[0]!.terminated).toBe(true);
  expect(await lab.device()).toEqual(report);
  expect(workers).toHaveLength(2);
});

test('a worker whose script cannot be loaded says so, to the lab and to the benchmark', async () => {
  const message = expect.stringContaining('(its script could not be loaded)') as string;
  const { lab, workers } = labWith({ device: waitForever });
  const asked = lab.device();
  workers[0]!.crash();
  await expect(asked).rejects.toMatchObject({ name: 'WorkerCrash', message });

  const worker = new NearWorker({ run: waitForever });
  vi.stubGlobal(
    'Worker',
    vi.fn(function () {
      return worker;
    }),
  );
  const bench = startBench();
  const running = bench.run({ workloads: [], peers: [], seconds: 1 }, () => undefined);
  worker.crash();
  await expect(running).rejects.toMatchObject({ name: 'WorkerCrash', message });
  bench.end();
});

describe('a worker that does not answer', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
  afterEach(() => vi.useRealTimers());
  const seconds = (count: number): void => void vi.advanceTimersByTime(1000 * count);

  test('for ten seconds, while something is asked of it, is said to be silent, until it is heard', async () => {
    const { lab, workers } = labWith({
      device: waitForever,
      open: () => Promise.resolve(1),
      run: waitForever,
    });
    const told: unknown[] = [];
    lab.watch((silence) => told.push(silence));
    await lab.open({}, () => undefined);
    seconds(60);
    expect(told).toEqual([]); // Nothing is asked of it.
    void lab.run(1).catch(() => undefined);
    seconds(9);
    workers[0]!.beat();
    seconds(9);
    expect(told).toEqual([]);
    seconds(1);
    expect(told).toEqual([{ step: undefined }]);
    workers[0]!.beat();
    expect(told).toEqual([{ step: undefined }, undefined]);
    workers[0]!.terminate();
  });

  test('does not count against it while the page is hidden', () => {
    const page = { hidden: true };
    vi.stubGlobal('document', page);
    const { lab, workers } = labWith({ device: waitForever });
    const told: unknown[] = [];
    lab.watch((silence) => told.push(silence));
    void lab.device().catch(() => undefined);
    seconds(300);
    expect(told).toEqual([]);
    page.hidden = false;
    seconds(10);
    expect(told).toHaveLength(1);
    workers[0]!.terminate();
  });

  test('can be ended: what is open hears of it, and the next call starts another one', async () => {
    const { lab, workers } = labWith({
      device: () => Promise.resolve(report),
      open: (_spec, listener) => {
        listener({ kind: 'kept', step: 120, state: new Uint8Array(1) });
        return Promise.resolve(1);
      },
      run: waitForever,
    });
    const told: unknown[] = [];
    lab.watch((silence) => told.push(silence));
    const heard: RunEvent[] = [];
    await lab.open({}, (event) => heard.push(event));
    await expect.poll(() => heard).toHaveLength(1);
    const running = lab.run(1);
    seconds(10);
    expect(told).toEqual([{ step: 120 }]);
    lab.end();
    await expect(running).rejects.toBeInstanceOf(WorkerEnded);
    expect(heard.at(-1)).toMatchObject({ kind: 'status', status: 'failed', name: 'WorkerEnded' });
    expect(told.at(-1)).toBeUndefined();
    expect(workers[0]!.terminated).toBe(true);
    await lab.close(1);
    expect(workers).toHaveLength(1);
    expect(await lab.device()).toEqual(report);
    expect(workers).toHaveLength(2);
    workers[1]!.terminate();
  });
});
