/**
 * How long each lesson takes, on each device: a table in Markdown with wall time, processor time and verdict
 * (docs/log.md). In Node through the command line; `chromium` trains in the built page, without WebGPU, `swiftshader`
 * with Chromium's software GPU.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readArguments, UsageError, wholeNumber } from '../src/cli/arguments.ts';
import { align } from '../src/cli/bench/table.ts';
import { LESSONS } from '../src/lessons/index.ts';
import { SIZES } from '../src/lessons/lesson.ts';
import { chromiumLessons, STOPPED, type Timed } from './lessons/chromium.ts';
import { processorSeconds } from './processor-time.ts';

const IN_NODE = ['cpu', 'gpu'];
const IN_CHROMIUM = { chromium: 'cpu', swiftshader: 'gpu' } as const;
const PLACES = [...IN_NODE, ...Object.keys(IN_CHROMIUM)];
const USAGE = `node bench/start.mjs lessons [NAME …] [--device ${PLACES.join(',')}] [--cores 1,2] [--size ${SIZES.join('|')}] [--patience S]`;
/** A lesson that takes longer is stopped, and told so, s. */
const PATIENCE_S = 1800;

const lab = fileURLToPath(new URL('../src/cli/lab.mjs', import.meta.url));

export async function main(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments(
    argv,
    {
      device: { type: 'string', default: 'cpu' },
      cores: { type: 'string', default: '1,2' },
      size: { type: 'string', default: 'small' },
      patience: { type: 'string', default: String(PATIENCE_S) },
    },
    ['[NAME …]'],
  );
  const places = values.device.split(',');
  const wrong = places.find((place) => !PLACES.includes(place));
  if (wrong !== undefined)
    throw new UsageError(`--device: must be of ${PLACES.join(', ')}, not "${wrong}"\n${USAGE}`);
  const patience = wholeNumber('patience', values.patience, 1, 86_400);
  const all = LESSONS.map(({ name }) => name).filter((name) => name !== 'kernels');
  const names = positionals.length ? positionals : all;
  const rows = [['lesson', 'device', 'cores', 'wall s', 'processor s', 'verdict']];
  for (const place of places) {
    // A GPU has one line: its runs are trained one after the other.
    const counts = place === 'gpu' || place === 'swiftshader' ? ['–'] : values.cores.split(',');
    for (const cores of counts) {
      const time = await timer({ place, cores, size: values.size, patience });
      try {
        for (const name of names) {
          const { wall, processor, verdict } = await time.lesson(name);
          rows.push([name, place, cores, wall.toFixed(1), processor.toFixed(1), verdict]);
          console.error(rows.at(-1)!.join('  '));
        }
      } finally {
        await time.close();
      }
    }
  }
  console.log(align(rows));
  return 0;
}

interface Setting {
  place: string;
  cores: string;
  size: string;
  /** s */
  patience: number;
}

async function timer(
  setting: Setting,
): Promise<{ lesson: (name: string) => Promise<Timed>; close: () => Promise<void> }> {
  const { place, cores, size, patience } = setting;
  if (Object.hasOwn(IN_CHROMIUM, place)) {
    const device = IN_CHROMIUM[place as keyof typeof IN_CHROMIUM];
    return chromiumLessons(device, cores === '1' ? 'one' : 'many', size, patience);
  }
  return { lesson: (name) => inNode(name, setting), close: () => Promise.resolve() };
}

/** The whole command, its start and, on a GPU, compiling included. */
function inNode(name: string, { place: device, cores, size, patience }: Setting): Promise<Timed> {
  const options = [
    '--size',
    size,
    '--device',
    device,
    ...(cores === '–' ? [] : ['--cores', cores]),
    '--json',
  ];
  const started = performance.now();
  const child = spawn(process.execPath, [lab, 'lesson', name, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = setTimeout(() => child.kill(), patience * 1000);
  let told = '';
  let processor = 0;
  child.stdout.on('data', (part: Buffer) => (told += part.toString()));
  // As the system counts it, as long as the process is there.
  const look = setInterval(() => (processor = processorSeconds(child.pid!) ?? processor), 200);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(stop);
      clearInterval(look);
      const wall = (performance.now() - started) / 1000;
      const verdict =
        wall > patience
          ? STOPPED
          : code === 0
            ? (JSON.parse(told) as { verdict: { outcome: string } }).verdict.outcome
            : `exit ${code}`;
      resolve({ wall, processor, verdict });
    });
  });
}
