/**
 * How long a lesson's page keeps its main thread at a stretch while it hears of a run ten times as fast as that was: trains each
 * lesson once in Chromium on the processor, keeps its events with their times, and feeds them to the page again. CPU time of
 * the thread, so that what else the machine does counts little; with the longest tasks and how often the chart was drawn.
 */
import { readArguments } from '../src/cli/arguments.ts';
import { align } from '../src/cli/bench/table.ts';
import { chromiumPages } from './lessons/chromium.ts';
import { tasksOf } from '../test/support/main-thread.ts';
import { feed, record } from './feed/in-page.ts';

const USAGE_NAMES = ['learning', 'emergence-by-size', 'mirage'];
const PATIENCE_MS = 1_800_000;

export async function main(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments(argv, { times: { type: 'string', default: '10' } }, [
    '[LESSON …]',
  ]);
  const times = Number(values.times);
  if (!(times > 0)) throw new Error(`--times: must be a number above 0, not "${values.times}"`);
  const pages = await chromiumPages('cpu', 'one');
  const rows = [['lesson', 'events', 'run s', 'fed s', 'tasks', 'longest ms', 'above 50 ms', 'drawn']];
  try {
    for (const name of positionals.length ? positionals : USAGE_NAMES) {
      const page = await pages.open(name);
      page.setDefaultTimeout(PATIENCE_MS);
      const until = (phase: string): Promise<unknown> =>
        page.waitForFunction((phase) => document.querySelector('lab-plan-bar')?.phase === phase, phase);
      await until('ready');
      await page.evaluate(record);
      await until('finished');
      const { events, seconds } = await page.evaluate(feed, { times, prepare: true });
      await until('ready');
      let drawn = 0;
      const started = performance.now();
      const tasks = await tasksOf(page, async () => {
        ({ drawn } = await page.evaluate(feed, { times, prepare: false }));
      });
      const fed = (performance.now() - started) / 1000;
      const long = tasks.filter(({ ms }) => ms > 50);
      const longest = tasks[0]?.ms ?? 0;
      rows.push([
        name,
        `${events}`,
        seconds.toFixed(1),
        fed.toFixed(1),
        `${tasks.length}`,
        longest.toFixed(1),
        `${long.length}`,
        `${drawn}`,
      ]);
      console.error(rows.at(-1)!.join('  '));
      for (const { ms, at, parts } of long)
        console.error(`  ${ms.toFixed(1)} ms at ${(at / 1000).toFixed(2)} s: ${parts.join(', ')}`);
      await page.context().close();
    }
  } finally {
    await pages.close();
  }
  console.log(align(rows));
  return 0;
}
