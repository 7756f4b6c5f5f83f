/**
 * Makes test/fixtures/class/runs.json: ten seeds each of three lessons at the small size, really run on the processor.
 * `node test/support/class/runs.mjs`, about a quarter of an hour on one core; what is there already is kept.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { experiment } from '../../../src/cli/experiment.ts';
import { acquireDevice } from '../../../src/cli/device.ts';
import type { Recording } from '../../../src/findings/recording.ts';
import { findLesson } from '../../../src/lessons/index.ts';
import { makeRecording } from '../../../src/lessons/recording.ts';

const FILE = new URL('../../fixtures/class/runs.json', import.meta.url);
/** The figure of each that a class pools is the first. */
const LESSONS = ['learning', 'loss-decides', 'scaling-laws'];
const SEEDS = Array.from({ length: 10 }, (_, i) => 11 + 10 * i);

/** A recording without what a class does not need: a file for 30 of them stays small. */
function short(recording: Recording): Recording {
  const { figures, verdict } = recording.findings;
  return {
    ...recording,
    specs: {},
    findings: { tables: [], fits: {}, figures: figures.slice(0, 1), verdict },
  };
}

async function main(): Promise<void> {
  const runs = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Recording[]) : [];
  const device = await acquireDevice('cpu');
  for (const seed of SEEDS) {
    for (const name of LESSONS) {
      if (runs.some((run) => run.lesson === name && run.seed === seed)) continue;
      const lesson = findLesson(name)!;
      const done = await experiment(device, lesson, 'small', seed);
      if (!done) return;
      const recording = makeRecording(lesson, done.results, {
        size: 'small',
        seed,
        device: done.device,
        date: new Date().toISOString(),
        seconds: Number(done.gpuSeconds.toPrecision(3)),
      });
      runs.push(short(recording));
      writeFileSync(FILE, `[\n${runs.map((run) => JSON.stringify(run)).join(',\n')}\n]\n`);
      console.log(name, seed, recording.findings.verdict.outcome);
    }
  }
}

await main();
