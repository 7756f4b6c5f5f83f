/** How long the main thread of a page is busy at a stretch, and with what. */
import type { Page } from 'playwright-core';

interface TraceEvent {
  name: string;
  ts: number;
  dur?: number;
  tdur?: number;
  pid: number;
  tid: number;
  args?: { name?: string; data?: { functionName?: string; url?: string; type?: string } };
}

export interface Task {
  /** CPU time of the thread */
  ms: number;
  /** when it began, ms after the first task */
  at: number;
  /** what it was busy with, longest first; what lies in another is in its time too */
  parts: string[];
}

/** Parts of a task that are worth a word, ms. */
const LEAST_PART = 5;

/**
 * The longest tasks while something happens, longest first. CPU time of the thread: a software GPU takes the cores from
 * everybody, which is not the page's doing.
 */
export async function tasksOf(page: Page, during: () => Promise<void>): Promise<Task[]> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const includedCategories = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories },
  });
  await during();
  const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await done;
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  const ours = events.filter((event) => mains.has(threadOf(event)));
  // One task has an event of each category; the outer one counts.
  let end = 0;
  const tasks = ours
    .filter(({ name }) => name.endsWith('RunTask'))
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
    .filter(({ ts, dur = 0 }) => {
      const isOuter = ts >= end;
      if (isOuter) end = ts + dur;
      return isOuter;
    });
  const first = tasks.reduce((least, { ts }) => Math.min(least, ts), Infinity);
  const msOf = ({ tdur, dur }: TraceEvent): number => (tdur ?? dur ?? 0) / 1000;
  return tasks
    .map((task) => ({ task, ms: msOf(task) }))
    .toSorted((a, b) => b.ms - a.ms)
    .map(({ task, ms }, i) => ({
      ms,
      at: (task.ts - first) / 1000,
      // Of the others nobody asks.
      parts: i < 20 ? partsOf(task, ours, msOf) : [],
    }));
}

function partsOf(
  task: TraceEvent,
  events: readonly TraceEvent[],
  msOf: (event: TraceEvent) => number,
): string[] {
  const end = task.ts + (task.dur ?? 0);
  return events
    .filter((event) => event !== task && event.tid === task.tid && event.ts >= task.ts && event.ts < end)
    .filter((event) => msOf(event) >= LEAST_PART && !event.name.endsWith('RunTask'))
    .toSorted((a, b) => msOf(b) - msOf(a))
    .slice(0, 6)
    .map((event) => {
      const { functionName, url, type } = event.args?.data ?? {};
      const where = [functionName, url?.split('/').at(-1), type].filter(Boolean).join(' ');
      return `${event.name}${where && ` (${where})`} ${msOf(event).toFixed(0)}`;
    });
}

/** How long they are, ms. */
export const longestTasks = async (page: Page, during: () => Promise<void>): Promise<number[]> =>
  (await tasksOf(page, during)).map(({ ms }) => ms);
