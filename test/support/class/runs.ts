/**
 * Makes test/fixtures/class/runs.json: ten seeds each of three lessons at the small size, really run on the processor.
 * `node test/support/class/runs.mjs [FOLDER]`, about half an hour on one core; what is there already is kept. In the folder runs are
 * kept, as by `lab verdicts … --size small --out FOLDER`: those that it has are not trained anew.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { acquireDevice } from '../../../src/cli/device.ts';
import { experiment, runsFolder } from '../../../src/cli/experiment.ts';
import { seedsApart } from '../../../src/cli/verdicts.ts';
import type { Recording } from '../../../src/findings/recording.ts';
import type { ForClass } from '../../../src/lessons/for-class.ts';
import { findLesson } from '../../../src/lessons/index.ts';
import { forClass as learning } from '../../../src/lessons/learning/class.ts';
import { forClass as lossDecides } from '../../../src/lessons/loss-decides/class.ts';
import { forClass as overtraining } from '../../../src/lessons/overtraining/class.ts';
import { lastDate, makeRecording } from '../../../src/lessons/recording.ts';

const FILE = new URL('../../fixtures/class/runs.json', import.meta.url);
const LESSONS = { learning, 'loss-decides': lossDecides, overtraining };

/** A recording with no other figure than the one that a class pools: a file for 30 of them stays small. */
function short(recording: Recording, { pooled }: ForClass): Recording {
  const { figures, verdict } = recording.findings;
  return {
    ...recording,
    specs: {},
    findings: {
      tables: [],
      fits: {},
      figures: figures.filter(({ name }) => name === pooled.figure),
      verdict,
    },
  };
}

async function main(folder: string | undefined): Promise<void> {
  const runs = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Recording[]) : [];
  const device = await acquireDevice('cpu');
  for (const seed of seedsApart(10)) {
    for (const [name, about] of Object.entries(LESSONS)) {
      if (runs.some((run) => run.lesson === name && run.seed === seed)) continue;
      const lesson = findLesson(name)!;
      const kept = folder === undefined ? {} : { folder: runsFolder(folder, lesson, 'small', seed) };
      const done = await experiment(device, lesson, 'small', seed, kept);
      if (!done) return;
      const recording = makeRecording(lesson, done.results, {
        size: 'small',
        seed,
        device: done.device,
        date: lastDate(done.results),
        seconds: Number(done.gpuSeconds.toPrecision(3)),
      });
      runs.push(short(recording, about));
      writeFileSync(FILE, `[\n${runs.map((run) => JSON.stringify(run)).join(',\n')}\n]\n`);
      console.log(name, seed, recording.findings.verdict.outcome);
    }
  }
}

await main(process.argv[2]);
