/**
 * Kills the command line at random moments (SIGKILL) and gives the same command again, until it ends: nothing that was
 * finished may be lost, and all must come out as if nothing had happened, bit for bit.
 *
 *     node bench/start.mjs kills [--times 200] [--command run,sweep,lesson,record,merge] [--seed N] [--device cpu]
 *
 * `record` writes into src/lessons: the recording there is put back afterwards. Work is tiny, the moments are drawn
 * from the time that the command takes when it is left alone.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '../src/random.ts';

/** Tiny runs are kept often, so that many a kill finds one that was kept. */
const SAVE_EVERY_MS = '50';
/** What trains, as the option of the command line has it. */
let device: string | undefined;
/** Where the one before was killed, its lease is watched until it is known as nobody's. */
const WAIT_MS = 6000;

const LAB = join(import.meta.dirname, '../src/cli/lab.mjs');
const RECORDING = join(import.meta.dirname, '../src/lessons/learning/recording.json');

const SPEC = {
  task: { name: 'factsworld', facts: 64, pool: 256, validation: 64 },
  model: { kind: 'mlp', hidden: [2], embedding: 2 },
  batch: 8,
  steps: 1500,
  evaluate: { every: 50 },
};

interface Kind {
  /** what it needs to begin with */
  prepare?: (folder: string) => string[][];
  command: (folder: string) => string[];
  /** what must be the same, whenever it was killed */
  outcome: (folder: string, printed: string) => unknown;
}

const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');
const parse = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
const sweep = (folder: string, out: string, ...more: string[]): string[] => [
  'sweep',
  join(folder, 'input-sweep.json'),
  '--out',
  join(folder, out),
  ...more,
];

export const KINDS: Record<string, Kind> = {
  run: {
    command: (folder) => [
      'run',
      join(folder, 'input-spec.json'),
      '--out',
      join(folder, 'run.json'),
      '--checkpoint',
      join(folder, 'run.safetensors'),
      '--resume',
    ],
    outcome: (folder) => {
      const { losses, evaluations } = parse(read(folder, 'run.json'));
      return { losses, evaluations, weights: readFileSync(join(folder, 'run.safetensors'), 'base64') };
    },
  },
  sweep: {
    command: (folder) => sweep(folder, 'sweep'),
    outcome: (folder) => read(folder, 'sweep/table.csv'),
  },
  lesson: {
    command: (folder) => [
      ...['lesson', 'learning', '--size', 'small', '--json', '--out', join(folder, 'lesson')],
      ...['--set', 'steps=200', '--set', 'batch=8'],
    ],
    outcome: (_folder, printed) => parse(printed).tables,
  },
  record: {
    command: (folder) => ['record', 'learning', '--runs', join(folder, 'runs')],
    outcome: () => {
      const { digest, specs, findings } = parse(readFileSync(RECORDING, 'utf8'));
      return { digest, specs, findings };
    },
  },
  merge: {
    prepare: (folder) => [sweep(folder, '1', '--shard', '1/2'), sweep(folder, '2', '--shard', '2/2')],
    command: (folder) => ['merge', join(folder, '1'), join(folder, '2'), '--out', join(folder, 'merged.csv')],
    outcome: (folder) => read(folder, 'merged.csv'),
  },
};

interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
  printed: string;
  errors: string;
  ms: number;
}

/** @param ms after which it is killed */
function lab(argv: string[], ms?: number): Promise<End> {
  const started = performance.now();
  const on = device === undefined || argv[0] === 'merge' ? [] : ['--device', device];
  const child = spawn(process.execPath, [LAB, ...argv, ...on], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SCALING_LAB_SAVE_EVERY_MS: SAVE_EVERY_MS },
  });
  const text = { printed: '', errors: '' };
  child.stdout.on('data', (data: Buffer) => (text.printed += data.toString()));
  child.stderr.on('data', (data: Buffer) => (text.errors += data.toString()));
  const timer = ms === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), ms);
  return new Promise((resolve) =>
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, ...text, ms: performance.now() - started });
    }),
  );
}

export interface Report {
  kills: number;
  /** commands that ended by themselves before their moment came */
  ended: number;
  losses: string[];
}

/** Kills one command so many times, a fresh folder whenever it came to its end. */
export async function killMany(kind: Kind, times: number, random: Random): Promise<Report> {
  const report: Report = { kills: 0, ended: 0, losses: [] };
  const template = await prepared(kind);
  const begin = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'kills-'));
    cpSync(template, folder, { recursive: true });
    return folder;
  };
  const alone = begin();
  const calm = await lab(kind.command(alone));
  if (calm.code !== 0) throw new Error(calm.errors);
  const right = JSON.stringify(kind.outcome(alone, calm.printed));
  rmSync(alone, { recursive: true });
  while (report.kills < times) {
    const folder = begin();
    let finished: string[] = [];
    let wait = 0;
    for (;;) {
      const isLast = report.kills === times;
      const end = await lab(
        kind.command(folder),
        isLast ? undefined : calm.ms * (0.4 + 0.6 * random.uniform()) + wait * random.uniform(),
      );
      if (end.errors.includes('does not count')) report.losses.push(end.errors);
      const now = results(folder);
      const gone = finished.filter((name) => !now.includes(name));
      if (gone.length) report.losses.push(`gone: ${gone.join(', ')}`);
      finished = now;
      if (end.signal === 'SIGKILL') {
        report.kills++;
        if (report.kills % 10 === 0) console.log(`  ${report.kills} kills, ${report.losses.length} losses`);
        wait = WAIT_MS;
        continue;
      }
      report.ended++;
      if (end.code !== 0) report.losses.push(`exit code ${end.code}: ${end.errors}`);
      else if (JSON.stringify(kind.outcome(folder, end.printed)) !== right) report.losses.push('other bits');
      const left = names(folder).filter((name) => /\.tmp$|\.lease|\.part/.test(name));
      if (left.length) report.losses.push(`left behind: ${left.join(', ')}`);
      break;
    }
    rmSync(folder, { recursive: true });
  }
  rmSync(template, { recursive: true });
  return report;
}

/** A folder with all that a command begins with. */
async function prepared({ prepare }: Kind): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kills-'));
  writeFileSync(join(folder, 'input-spec.json'), JSON.stringify(SPEC));
  writeFileSync(
    join(folder, 'input-sweep.json'),
    JSON.stringify({ spec: SPEC, axes: [{ seed: [1, 2, 3, 4] }] }),
  );
  for (const argv of prepare?.(folder) ?? []) {
    const { code, errors } = await lab(argv);
    if (code !== 0) throw new Error(errors);
  }
  return folder;
}

function names(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' });
}

/** Finished runs. */
function results(folder: string): string[] {
  return names(folder).filter(
    (name) => /^(sweep\/runs|lesson|runs\/.*)\/[\w.-]+\.json$/.test(name) && !name.includes('.part'),
  );
}

export async function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      times: { type: 'string', default: '200' },
      command: { type: 'string', default: Object.keys(KINDS).join(',') },
      seed: { type: 'string', default: '1' },
      device: { type: 'string' },
    },
  });
  const chosen = values.command.split(',');
  device = values.device;
  const random = new Random(Number(values.seed));
  const recording = readFileSync(RECORDING);
  let failures = 0;
  try {
    for (const [i, name] of chosen.entries()) {
      const kind = KINDS[name];
      if (!kind)
        throw new Error(`There is no command "${name}"; there are ${Object.keys(KINDS).join(', ')}.`);
      const share =
        Math.floor(((i + 1) * Number(values.times)) / chosen.length) -
        Math.floor((i * Number(values.times)) / chosen.length);
      const { kills, ended, losses } = await killMany(kind, share, random);
      console.log(`${name}: ${kills} kills, ${ended} ends, ${losses.length} losses`);
      for (const loss of losses) console.log(`  ${loss}`);
      failures += losses.length;
    }
  } finally {
    writeFileSync(RECORDING, recording);
  }
  return failures ? 1 : 0;
}
