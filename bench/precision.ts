/** What half precision does to the lessons: each one's experiment in f32 and in f16, run by run. */
import { median } from '../src/bench/measure.ts';
import { prepareGPU } from '../src/cli/bench/setup.ts';
import { align } from '../src/cli/bench/table.ts';
import { experiment, type Experiment } from '../src/cli/experiment.ts';
import { lessonOf, sizeOf } from '../src/cli/lesson.ts';
import { Device } from '../src/gpu/device.ts';
import { LESSONS } from '../src/lessons/index.ts';
import type { RunResult } from '../src/worker/protocol.ts';

const SEED = 1;
const PRECISIONS = ['f32', 'f16'] as const;

/** `node bench/start.mjs precision learning,mirage small`: lessons (all that train), size. */
export async function main([names, size]: string[]): Promise<number> {
  const lessons = names ? names.split(',').map(lessonOf) : LESSONS;
  const device = await Device.acquire(prepareGPU().gpu);
  const lines: string[][] = [];
  for (const lesson of lessons) {
    const done: Experiment[] = [];
    for (const precision of PRECISIONS) {
      const each = await experiment(device, lesson, sizeOf(size), SEED, { changes: { precision } });
      if (!each) return 130;
      done.push(each);
    }
    const [single, half] = done as [Experiment, Experiment];
    const changes = relativeChanges(single.results.runs, half.results.runs);
    if (changes.length === 0) continue;
    const verdicts = done.map(({ results }) => lesson.judge(results, sizeOf(size)).verdict.outcome);
    const seconds = done.map(({ gpuSeconds }) => gpuSeconds.toFixed(1));
    const percents = [median(changes), Math.max(...changes)].map((change) => `${(100 * change).toFixed(2)}%`);
    lines.push([lesson.name, String(changes.length), ...percents, ...verdicts, ...seconds]);
    console.error(lines.at(-1)!.join('  '));
  }
  const heading = ['lesson', 'losses', 'median change', 'largest', ...['verdict', 's'].flatMap(inBoth)];
  console.log(
    `${device.name}: last held-out losses in f16 against those in f32\n${align([heading, ...lines])}`,
  );
  return 0;
}

const inBoth = (what: string): string[] => PRECISIONS.map((precision) => `${what} ${precision}`);

/** |f16 / f32 − 1| of the last loss on each held-out set, of each replica of each run. */
function relativeChanges(
  single: ReadonlyMap<string, RunResult>,
  half: ReadonlyMap<string, RunResult>,
): number[] {
  return [...single].flatMap(([key, run]) => {
    const others = half.get(key)!.evaluations.at(-1)?.sets ?? {};
    return Object.entries(run.evaluations.at(-1)?.sets ?? {}).flatMap(([set, replicas]) =>
      replicas.map(({ loss }, r) => Math.abs(others[set]![r]!.loss! / loss! - 1)),
    );
  });
}
