/**
 * How long it takes from the press of Run to the first speed, in a lesson's page as it is built, at the small size: pressed as
 * soon as Run can be pressed, and after some seconds of reading; with how long the first sign of life takes, and how many
 * pipelines were built until then. Each press is in a window of its own.
 */
import type { Page } from 'playwright-core';
import { readArguments, UsageError } from '../src/cli/arguments.ts';
import { align } from '../src/cli/bench/table.ts';
import type { Findings } from '../src/findings/findings.ts';
import { LESSONS } from '../src/lessons/index.ts';
import { chromiumPages } from './lessons/chromium.ts';

const DEVICES = ['cpu', 'gpu'] as const;
const PATIENCE_MS = 300_000;

interface Lesson extends Element {
  model: { experiment: { run: { findings?: Findings } } };
}

interface Cold {
  /** s, from the press */
  sign: number;
  speed: number;
  pipelines: number;
}

export async function main(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments(
    argv,
    { device: { type: 'string', default: 'cpu,gpu' }, reading: { type: 'string', default: '0,8' } },
    ['[LESSON …]'],
  );
  const names = positionals.length ? positionals : LESSONS.map(({ name }) => name);
  const readings = values.reading.split(',').map(Number);
  if (readings.some((seconds) => !(seconds >= 0)))
    throw new UsageError('--reading: must be seconds, such as 0,8');
  const rows = [['lesson', 'device', 'read s', 'first sign s', 'first speed s', 'pipelines by then']];
  for (const device of DEVICES.filter((one) => values.device.split(',').includes(one))) {
    const pages = await chromiumPages(device, 'one');
    try {
      for (const name of names.filter((name) => device === 'gpu' || name !== 'kernels')) {
        for (const seconds of readings) {
          const page = await pages.open(name, '?size=small');
          page.setDefaultTimeout(PATIENCE_MS);
          await page.waitForFunction(() => document.querySelector('lab-plan-bar')?.phase === 'ready');
          await page.waitForTimeout(1000 * seconds);
          const { sign, speed, pipelines } = await press(page);
          rows.push([name, device, `${seconds}`, sign.toFixed(2), speed.toFixed(2), `${pipelines}`]);
          console.error(rows.at(-1)!.join('  '));
          await page.context().close();
        }
      }
    } finally {
      await pages.close();
    }
  }
  console.log(align(rows));
  return 0;
}

/** Presses Run in the page, and looks at the bar in every frame. */
function press(page: Page): Promise<Cold> {
  return page.evaluate(
    (patience) =>
      new Promise<Cold>((resolve, reject) => {
        const bar = document.querySelector('lab-plan-bar')!;
        const text = (): string => bar.renderRoot.querySelector('.progress p')!.textContent;
        const before = text();
        const started = performance.now();
        bar.renderRoot.querySelector<HTMLElement>('button.primary')!.click();
        let sign: number | undefined;
        let pipelines = 0;
        const look = (): void => {
          const passed = (performance.now() - started) / 1000;
          if (text() !== before) sign ??= passed;
          pipelines = Math.max(pipelines, bar.building?.done ?? 0);
          const { findings } = document.querySelector<Lesson>('lesson-page')!.model.experiment.run;
          const measures = findings?.figures.some(({ series }) => series.some(({ x }) => x.length > 0));
          // What is measured without steps has no speed: its first result counts.
          const isThere = bar.progress ? bar.progress.stepsPerSecond > 0 : bar.steps === 0 && measures;
          if (isThere || bar.phase === 'finished')
            resolve({ sign: sign ?? passed, speed: passed, pipelines });
          else if (1000 * passed > patience) reject(new Error(`nothing after ${passed} s: ${text()}`));
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    PATIENCE_MS,
  );
}
