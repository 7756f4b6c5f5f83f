/** `join`: this machine is another pair of hands of a class that is held live. */
import { HandError, HandsClient, type Cell } from '../../class/hands.ts';
import { join, JoinError, type JoinProblem } from '../../class/join.ts';
import { type CellWork, lend, type LendingState } from '../../class/lending.ts';
import { codeIn, shownCode } from '../../class/live.ts';
import type { CrewSource } from '../../crew/source.ts';
import type { Device } from '../../gpu/device.ts';
import { MemoryStore } from '../../training/plan/store.ts';
import { runPlan } from '../../training/plan/plan.ts';
import { flopsOf } from '../../training/spec/flops.ts';
import { parseSpec } from '../../training/spec/spec.ts';
import type { PlannedRun } from '../../training/spec/sweep.ts';
import { readArguments, UsageError } from '../arguments.ts';
import { CORES_OPTION, crewSource } from '../crew.ts';
import { acquireDevice, DEVICE_OPTION } from '../device.ts';
import { checkResultRoom } from '../result-room.ts';
import { stopCode, stopSignal } from '../stopping.ts';

/** Without a word for so long, others may have what it trains; it says so often that it goes on. */
const LEASE_SECONDS = 15;
const EVERY_MS = 3_000;

export async function joinCommand(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments(argv, { ...DEVICE_OPTION, ...CORES_OPTION }, ['URL', 'CODE']);
  const address = addressOf(positionals[0]!);
  const code = codeIn(positionals[1]!);
  if (code === undefined)
    throw new UsageError(`CODE: "${positionals[1]!}" is not the code of a class, such as BCD·234`);
  const crew = crewSource(values.cores);
  const connect = (): Promise<Device> => acquireDevice(values.device);
  const device = await connect();
  const hands = new HandsClient(address, code, await place(address, code));
  console.log(`Class ${shownCode(code)}: ${device.name} is lent. Ctrl-C ends that.`);
  const signal = stopSignal();
  try {
    await lend({
      hands,
      train: (cell, work) => trainCell(device, connect, crew, cell, work),
      slow: device.cpu !== undefined,
      signal,
      leaseSeconds: LEASE_SECONDS,
      everyMs: EVERY_MS,
      tell: teller(),
    });
  } catch (error) {
    throw error instanceof HandError ? new Error(REFUSED[error.problem] ?? error.message) : error;
  } finally {
    await crew.end();
  }
  if (signal.aborted) return stopCode();
  console.log('The class has ended.');
  return 0;
}

const REFUSED: Partial<Record<HandError['problem'], string>> = {
  'not-yours': 'This machine was taken out of the class.',
  'no-room': 'At this address there is no room of a class.',
};

/** @returns a member's token */
async function place(address: URL, code: string): Promise<string> {
  try {
    return (await join(new URL('./room/join', address), code)).token;
  } catch (error) {
    throw error instanceof JoinError ? new UsageError(PROBLEMS[error.problem]) : error;
  }
}

const PROBLEMS: Record<JoinProblem, string> = {
  'no-class': 'CODE: there is no class of this code now',
  full: 'CODE: this class is full',
  wait: 'CODE: too many wrong codes came from this network; wait a minute',
  offline: 'URL: nobody answers at this address',
  'no-room': 'URL: at this address there is no room of a class',
};

/** The address that the projector shows, with or without its path and its scheme. */
function addressOf(text: string): URL {
  const whole = /^https?:\/\//.test(text) ? text : `https://${text}`;
  if (!URL.canParse(whole))
    throw new UsageError(`URL: must be an address such as https://lab.example/, not "${text}"`);
  const url = new URL(whole);
  url.hash = url.search = '';
  // As learners open it: …/c/CODE.
  url.pathname = url.pathname.replace(/\/c\/[^/]*\/?$/, '/').replace(/\/?$/, '/');
  return url;
}

async function trainCell(
  device: Device,
  reconnect: () => Promise<Device>,
  crew: CrewSource,
  cell: Cell,
  { signal, share, give }: CellWork,
): Promise<void> {
  const plan = cell.items.map(({ key, spec, from }): PlannedRun => {
    const run = { id: key, spec: parseSpec(spec), values: {}, level: 0 };
    checkResultRoom(run.spec);
    return from === undefined ? run : { ...run, from };
  });
  const cost = (run: PlannedRun): number => run.spec.replicas * flopsOf(run.spec);
  const total = plan.reduce((sum, run) => sum + cost(run), 0);
  let done = 0;
  const giving: Promise<void>[] = [];
  const failures: unknown[] = [];
  await runPlan(device, plan, {
    store: new MemoryStore(),
    signal,
    reconnect,
    crew: (device) => crew.on(device),
    onEvent: (run, event) => {
      if (event.kind === 'speed') share((done + (event.step / run.spec.steps) * cost(run)) / total);
    },
    onResult: (run, result) => {
      done += cost(run);
      if (!cell.done.includes(run.id))
        giving.push(give(run.id, result).catch((error: unknown) => void failures.push(error)));
    },
  });
  await Promise.all(giving);
  if (failures.length > 0) throw failures[0];
}

/** A line for each thing that happens, once. */
function teller(): (state: LendingState) => void {
  let last = '';
  return (state) => {
    const line = lineOf(state);
    if (line !== '' && line !== last) console.log((last = line));
  };
}

function lineOf(state: LendingState): string {
  switch (state.kind) {
    case 'idle':
      return {
        'not-now': 'Waiting: the class does not train together now.',
        held: 'Waiting: others train what is left.',
        done: 'All is done.',
        over: '',
      }[state.why];
    case 'training':
      return `Training ${state.cell.items.map(({ key }) => key).join(', ')}`;
    case 'given':
      return {
        first: `${state.key} is done.`,
        confirms: `${state.key} is done: the same as another's.`,
        differs: `${state.key} is done: other bits than another's.`,
        known: '',
      }[state.given];
    case 'lost':
      return 'It was silent for too long, or the class does something else: others go on with that.';
    case 'offline':
      return 'The room does not answer; trying again.';
  }
}
