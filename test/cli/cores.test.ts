/** Real threads of the command line: the bits of one core, deaths, and nothing that is left running. */
import { Worker } from 'node:worker_threads';
import { afterEach, expect, it, vi } from 'vitest';
import { crewSource, startMember } from '../../src/cli/crew.ts';
import { UsageError } from '../../src/cli/arguments.ts';
import { WorkerCrew } from '../../src/crew/crew.ts';
import { CrewSource } from '../../src/crew/source.ts';
import { runPlan } from '../../src/training/plan/plan.ts';
import type { RunResult } from '../../src/training/results/result.ts';
import { MemoryStore } from '../../src/training/plan/store.ts';
import { planRun, type PlannedRun } from '../../src/training/spec/sweep.ts';
import { useDevice } from '../support/device.ts';

const device = useDevice({ kind: 'cpu' });

const spec = {
  task: { name: 'factsworld', facts: 64, pool: 512, validation: 64 },
  model: { kind: 'mlp', hidden: [8], embedding: 4 },
  batch: 16,
  steps: 400,
  replicas: 3,
  evaluate: { every: 50 },
};
const runs = [1, 2, 3].map((seed) => planRun({ ...spec, seed: 10 * seed }, {}));

/** As they are to be compared: without times and dates. */
const bits = (results: Map<string, RunResult>): unknown =>
  runs.map(({ id }) => {
    const { outcome, step, losses, evaluations } = results.get(id)!;
    return { outcome, step, evaluations, losses: losses.values.map((curve) => Array.from(curve)) };
  });

const train = (source?: CrewSource, hear: (run: PlannedRun) => void = () => undefined) =>
  runPlan(device(), runs, {
    store: new MemoryStore(),
    saveEveryMs: 0,
    crew: source && ((device) => source.on(device)),
    onEvent: (run) => hear(run),
  });

const ended = vi.spyOn(Worker.prototype, 'terminate');
afterEach(() => ended.mockClear());

it('threads train with the bits of one core, and end when they are told', async () => {
  const source = crewSource('2');
  const together = await train(source);
  await source.end();
  expect(ended).toHaveBeenCalledTimes(2);
  expect(bits(together)).toEqual(bits(await train()));
});

it('a thread that is killed is replaced', async () => {
  const connections: ReturnType<typeof startMember>[] = [];
  const start = (): ReturnType<typeof startMember> => {
    const connection = startMember();
    connections.push(connection);
    return connection;
  };
  const source = new CrewSource(2, (size) => WorkerCrew.start({ start, size }));
  let heard = 0;
  // As from outside: the crew does not know of it.
  const together = await train(source, () => ++heard === 50 && connections[0]!.end());
  expect(heard).toBeGreaterThan(50);
  expect(connections).toHaveLength(3);
  await source.end();
  expect(bits(together)).toEqual(bits(await train()));
});

it('a GPU, or one core, has no threads', async () => {
  expect(await crewSource('1').on(device())).toBeUndefined();
  const { handle } = device();
  expect(await crewSource('4').on({ handle } as never)).toBeUndefined();
});

it.each(['0', '5', '1.5', 'all'])('--cores %s is refused with what is allowed', (text) => {
  expect(() => crewSource(text)).toThrow(UsageError);
  expect(() => crewSource(text)).toThrow('--cores: must be an integer from 1 to 4');
});
