/**
 * Every change that a command makes to the disk fails once, as SQLite tests its own: the disk is full from then on, takes
 * nothing any more, fails this once, takes a part, or the program ends there, and the power with it. What is there
 * afterwards is old or new and whole, and the same command, given again, comes to the same bits.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkSafetensors } from '../../src/cli/files/checksum.ts';
import { insertDisk } from '../../src/cli/files/disk.ts';
import { readSealed } from '../../src/cli/files/sealed.ts';
import { main } from '../../src/cli/main.ts';
import type { RecordedFile } from '../../src/cli/recorded.ts';
import type * as DeviceModule from '../../src/cli/device.ts';
import type { Device } from '../../src/gpu/device.ts';
import { Random } from '../../src/random.ts';
import type * as TrainerModule from '../../src/training/trainer/trainer.ts';
import { decodeCheckpoint } from '../../src/training/results/checkpoint.ts';
import { useDevice } from '../support/device.ts';
import { FaultyDisk, type Fault } from '../support/faulty-disk.ts';
import { MemoryDisk, type Survivors } from '../support/memory-disk.ts';
import { replay } from '../support/replayed-trainer.ts';
import { TINY_SPEC } from '../support/tiny-lesson.ts';

const shared = vi.hoisted(() => ({ device: undefined as unknown as () => Device }));
vi.mock('../../src/cli/device.ts', async (importOriginal) => ({
  ...(await importOriginal<typeof DeviceModule>()),
  acquireDevice: () => Promise.resolve(shared.device()),
}));
vi.mock('../../src/training/trainer/trainer.ts', async (importOriginal) => {
  const { replayed } = await import('../support/replayed-trainer.ts');
  const original = await importOriginal<typeof TrainerModule>();
  return { ...original, Trainer: replayed(original.Trainer) };
});
// Who waits for another process's lease asks as often as that process, on a disk in memory, shows that it lives.
vi.mock('../../src/training/plan/recovery.ts', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  sleep: () => new Promise((resolve) => setTimeout(resolve, 1)),
}));
vi.mock('../../src/lessons/index.ts', async () => {
  const { tinyLesson } = await import('../support/tiny-lesson.ts');
  const findLesson = (name: string) => (name === tinyLesson.name ? tinyLesson : undefined);
  return { LESSONS: [tinyLesson], findLesson, insideOf: () => undefined };
});

shared.device = useDevice({ kind: 'cpu' });

/** Files that people name, on the real disk: they are only read. */
let inputs: string;
const at = (name: string): string => join(inputs, name);

interface Scenario {
  name: string;
  /** commands that have been given before, whose files are old */
  before?: string[][];
  command: () => string[];
  /** the same, given again after a fault */
  again?: () => string[];
  /** the step at which a signal stops it */
  stopsAt?: number;
  /** what must come out, bit for bit */
  outcome: (disk: MemoryDisk, printed: string) => unknown;
}

const json = (disk: MemoryDisk, path: string): Record<string, unknown> =>
  JSON.parse(disk.files().get(path)!.toString()) as Record<string, unknown>;
const text = (disk: MemoryDisk, path: string): string => disk.files().get(path)!.toString();
const ending = (disk: MemoryDisk, end: string): string =>
  [...disk.files().keys()].find((path) => path.endsWith(end))!;

const run = (seed: string, ...more: string[]): string[] => [
  'run',
  at('spec.json'),
  '--seed',
  seed,
  '--out',
  '/w/run.json',
  '--checkpoint',
  '/w/run.safetensors',
  '--keep',
  '/w/kept',
  ...more,
];
const sweep = (...more: string[]): string[] => [
  'sweep',
  at('sweep.json'),
  '--out',
  '/w/sweep',
  '--cores',
  '1',
  ...more,
];

const SCENARIOS: Scenario[] = [
  {
    name: 'run',
    command: () => run('2'),
    again: () => run('2', '--resume'),
    outcome: (disk) => {
      const { spec, losses, evaluations } = json(disk, '/w/run.json');
      const kept = [...disk.files()].filter(([path]) => path.startsWith('/w/kept/')).toSorted();
      return { spec, losses, evaluations, checkpoint: disk.files().get('/w/run.safetensors'), kept };
    },
  },
  {
    name: 'run, stopped',
    stopsAt: 4,
    command: () => run('2'),
    again: () => run('2', '--resume'),
    outcome: (disk) => {
      const { spec, losses, evaluations } = json(disk, '/w/run.json');
      return { spec, losses, evaluations, checkpoint: disk.files().get('/w/run.safetensors') };
    },
  },
  {
    name: 'sweep, stopped',
    stopsAt: 4,
    command: sweep,
    outcome: (disk) => text(disk, '/w/sweep/table.csv'),
  },
  { name: 'sweep', command: sweep, outcome: (disk) => text(disk, '/w/sweep/table.csv') },
  {
    name: 'lesson',
    command: () => ['lesson', 'tiny', '--out', '/w/lesson', '--json', '--cores', '1'],
    outcome: (_disk, printed) => (JSON.parse(printed) as { tables: unknown }).tables,
  },
  {
    name: 'record',
    command: () => ['record', 'tiny', '--runs', '/w/runs', '--cores', '1'],
    outcome: (disk) => {
      const { digest, specs, results } = json(disk, ending(disk, 'tiny/recording.json'));
      const { runs } = results as RecordedFile['results'];
      const losses = Object.values(runs).map((run) => run.losses);
      return { digest, specs, losses };
    },
  },
  {
    name: 'merge',
    before: [],
    command: () => ['merge', '/w/1', '/w/2', '--out', '/w/merged.csv'],
    outcome: (disk) => text(disk, '/w/merged.csv'),
  },
];

beforeAll(() => {
  inputs = mkdtempSync(join(tmpdir(), 'faults-'));
  writeFileSync(at('spec.json'), JSON.stringify(TINY_SPEC));
  writeFileSync(at('sweep.json'), JSON.stringify({ spec: TINY_SPEC, axes: [{ seed: [1, 2, 3] }] }));
  Object.assign(SCENARIOS[0]!, { before: [run('1')] });
  Object.assign(SCENARIOS.at(-1)!, {
    before: [
      ['sweep', at('sweep.json'), '--out', '/w/1', '--shard', '1/2'],
      ['sweep', at('sweep.json'), '--out', '/w/2', '--shard', '2/2'],
    ],
  });
});
afterAll(() => rmSync(inputs, { recursive: true }));

const printed = { out: '', err: '' };
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void (printed.out += `${line}\n`));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void (printed.err += `${line}\n`));
});
afterEach(() => vi.restoreAllMocks());

async function command(argv: string[], disk: MemoryDisk | FaultyDisk): Promise<number> {
  printed.out = printed.err = '';
  const takeOut = insertDisk(disk);
  try {
    return await main(argv);
  } finally {
    takeOut();
  }
}

/** A scenario's command, with its signal. */
async function first({ command: argv, stopsAt }: Scenario, disk: MemoryDisk | FaultyDisk): Promise<number> {
  replay.onStretch = (_spec, step) => {
    if (step === stopsAt) process.emit('SIGTERM', 'SIGTERM');
  };
  try {
    return await command(argv(), disk);
  } finally {
    replay.onStretch = () => undefined;
  }
}

/** The disk as a scenario finds it. */
async function begun({ before = [] }: Scenario): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  disk.makeFolder('/w');
  for (const argv of before) expect(await command(argv, disk), printed.err).toBe(0);
  return disk.copy();
}

/** All changes with FAULTS=all, every seventh else, other ones for each kind of fault. */
const STRIDE = process.env.FAULTS === 'all' ? 1 : 7;

function* places(changes: number, name: string): Generator<number> {
  for (let n = 1 + (name.length % STRIDE); n <= changes; n += STRIDE) yield n;
}

const BESIDE = /\.tmp$|\.lease(\.[0-9a-f]+)?$/;

/** Whatever happened, each file that counts is whole: as it was, or new. */
function checkWhole(disk: MemoryDisk, old: ReadonlyMap<string, Buffer>): void {
  const takeOut = insertDisk(disk);
  try {
    for (const [path, content] of disk.files()) {
      if (BESIDE.test(path) || old.get(path)?.equals(content)) continue;
      // A recording's losses are no lists, and are read by what builds the pages.
      if (path.endsWith('recording.json')) expect(json(disk, path).results, path).toBeTypeOf('object');
      else if (path.endsWith('.json')) expect(readSealed(path), path).toBeTypeOf('object');
      else if (path.endsWith('.safetensors')) {
        checkSafetensors(content);
        decodeCheckpoint(content);
      } else expect(content.toString(), path).toMatch(/^replica,[^]*\n$/);
    }
  } finally {
    takeOut();
  }
  for (const path of old.keys()) {
    if (!BESIDE.test(path)) expect(disk.files().has(path), path).toBe(true);
  }
}

/** Nothing is left behind by what was killed. */
function checkTidy(disk: MemoryDisk): void {
  const left = [...disk.files().keys()].filter((path) => BESIDE.test(path) || path.includes('.part'));
  expect(left).toEqual([]);
}

async function expectFinished(
  scenario: Scenario,
  argv: string[],
  disk: MemoryDisk,
  right: unknown,
): Promise<void> {
  expect(await command(argv, disk), printed.err).toBe(0);
  expect(printed.err).not.toContain('does not count');
  expect(scenario.outcome(disk, printed.out)).toEqual(right);
  checkTidy(disk);
}

describe.each(SCENARIOS)('$name', { timeout: 300_000 }, (scenario) => {
  let start: MemoryDisk;
  let right: unknown;
  let changes: number;

  beforeAll(async () => {
    vi.spyOn(console, 'log').mockImplementation((line: string) => void (printed.out += `${line}\n`));
    vi.spyOn(console, 'error').mockImplementation((line: string) => void (printed.err += `${line}\n`));
    start = await begun(scenario);
    const disk = start.copy();
    const faultless = new FaultyDisk(disk);
    expect(await first(scenario, faultless), printed.err).toBe(whole);
    changes = faultless.changes;
    const undisturbed = start.copy();
    expect(await command(scenario.command(), undisturbed), printed.err).toBe(0);
    right = scenario.outcome(undisturbed, printed.out);
    checkTidy(undisturbed);
    await expectFinished(scenario, again(), disk, right);
  });

  const again = (): string[] => (scenario.again ?? scenario.command)();
  /** the exit code of the command where nothing fails */
  const whole = scenario.stopsAt === undefined ? 0 : 143;

  it.each(['ENOSPC', 'EIO', 'full', 'EROFS', 'short'] as Fault[])('with %s at every change', async (kind) => {
    for (const n of places(changes, kind)) {
      const disk = start.copy();
      const code = await first(scenario, new FaultyDisk(disk, { at: n, kind }));
      const context = `change ${n} of ${changes}: ${printed.err}`;
      checkWhole(disk, start.files());
      if (kind === 'short') expect(code, context).toBe(whole);
      if (code === 0) expect(scenario.outcome(disk, printed.out), context).toEqual(right);
      else if (code !== whole) {
        expect(printed.err, context).toMatch(/"[^"]+" could not be (written|made|removed): [^\n]+\n/);
        expect(printed.err, context).not.toMatch(/\n +at /);
      }
      await expectFinished(scenario, again(), disk, right);
    }
  });

  it('ended at every change', async () => {
    for (const n of places(changes, 'ended')) {
      const disk = start.copy();
      await first(scenario, new FaultyDisk(disk, { at: n, kind: 'crash' }));
      checkWhole(disk, start.files());
      await expectFinished(scenario, again(), disk, right);
    }
  });

  it.each<[string, (n: number) => Survivors]>([
    ['nothing that was not synced', () => 'nothing'],
    ['names, but no content that was not synced', () => 'names without content'],
    ['any part of what was not synced', (n) => new Random(n)],
    ['any other part of it', (n) => new Random(n, 1)],
  ])('at a loss of power at every change that leaves %s', async (name, survivors) => {
    for (const n of places(changes, name)) {
      const disk = start.copy();
      await first(scenario, new FaultyDisk(disk, { at: n, kind: 'crash' }));
      disk.losePower(survivors(n));
      checkWhole(disk, start.files());
      await expectFinished(scenario, again(), disk, right);
    }
  });
});
