/**
 * Fuzzing: many inputs from one seed, valid, mutated and hostile ones, against one entrance of the lab. Each must be
 * accepted, or refused in words that a person understands, and in no time.
 */
import { show } from '../../src/show.ts';
import { hash, Random } from '../../src/random.ts';

/** What an entrance said to an input. */
export type Answer = 'accepted' | 'refused';

export interface Target {
  name: string;
  /** An input; the same random numbers give the same one. */
  generate(random: Random): unknown;
  /**
   * Gives the input to the entrance.
   * @throws whatever the entrance throws that is no refusal, and FuzzError for a wrong answer
   */
  check(input: unknown, random: Random): Answer | Promise<Answer>;
  /** Really trains what was accepted, for three steps. False where it is too large for that, or nothing to train. */
  train?(input: unknown): Promise<boolean>;
}

/** The entrance has broken a promise. */
export class FuzzError extends Error {
  override name = 'FuzzError';
}

export interface Fault {
  /** with the target's seed it gives the input again */
  index: number;
  problem: string;
  input: string;
}

export interface Report {
  target: string;
  seed: number;
  inputs: number;
  accepted: number;
  refused: number;
  trained: number;
  /** of the processor, training included */
  seconds: number;
  faults: Fault[];
}

export interface FuzzOptions {
  seed: number;
  /** number of the first input */
  first?: number;
  inputs: number;
  /** ends earlier when this is over, ms */
  within?: number;
  /** one accepted input in so many is trained; none by default */
  trainOneIn?: number;
  /** faults after which it stops */
  most?: number;
}

/**
 * An answer may take so long, ms. One that takes longer by the clock is asked for again, alone, and then the time of the processor counts:
 * the clock also counts what other programs do, and a pause of the garbage collector is no fault.
 */
const MOST_MS = 300;

export async function fuzz(target: Target, options: FuzzOptions): Promise<Report> {
  const { seed, first = 0, inputs, within = Infinity, trainOneIn = Infinity, most = 10 } = options;
  const report: Report = {
    target: target.name, seed, inputs: 0, accepted: 0, refused: 0, trained: 0, seconds: 0, faults: [],
  }; // prettier-ignore
  const ends = performance.now() + within;
  const before = process.cpuUsage();
  let isTraining = false;
  for (let index = first; index < first + inputs; index++) {
    if (performance.now() > ends || report.faults.length >= most) break;
    const input = target.generate(new Random(hash(seed, index)));
    const fault = (problem: string): void =>
      void report.faults.push({ index, problem, input: quoted(input) });
    report.inputs++;
    const { accepted } = report;
    try {
      const ask = (): Answer | Promise<Answer> => target.check(input, new Random(hash(seed, index), 1));
      const started = performance.now();
      report[await ask()]++;
      if (performance.now() - started > MOST_MS) {
        const ms = await processorMsOf(ask);
        if (ms > MOST_MS) fault(`took ${Math.round(ms)} ms`);
      }
      const isAccepted = report.accepted > accepted;
      isTraining ||= isAccepted && report.accepted % trainOneIn === 0;
      if (isTraining && isAccepted && (await target.train?.(input))) {
        report.trained++;
        isTraining = false;
      }
    } catch (error) {
      fault(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    const changed = pollution();
    if (changed) fault(`changed ${changed}`);
  }
  report.seconds = processorMs(before) / 1000;
  return report;
}

/** A refusal must be short, and no accident of ours. @throws FuzzError */
export function refusal(message: string): Answer {
  const accident =
    /is not a function|is not iterable|undefined is not|Cannot (read|set|create|convert|destructure)|Maximum call stack|Invalid (array|string) length|\[object |out of memory|^(Type|Range|Reference)Error/;
  if (accident.test(message)) throw new FuzzError(`an accident is told: ${message.slice(0, 300)}`);
  if (message.trim() === '') throw new FuzzError('a refusal without a word');
  if (message.length > 4000) throw new FuzzError(`a message of ${message.length} characters`);
  const long = message.split('\n').find((line) => line.length > 800);
  if (long) throw new FuzzError(`a line of ${long.length} characters: ${long.slice(0, 300)}`);
  return 'refused';
}

async function processorMsOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  const started = performance.now();
  await work();
  return Math.min(processorMs(before), performance.now() - started);
}

function processorMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const names = Object.getOwnPropertyNames(Object.prototype);
const methods = names.flatMap((name): [string, object][] => {
  const value = Object.getOwnPropertyDescriptor(Object.prototype, name)?.value as unknown;
  return typeof value === 'function' ? [[name, value]] : [];
});
const own = new Map(methods.map(([name, method]) => [name, Object.getOwnPropertyNames(method).length]));
const untouched = [names.length, Object.getOwnPropertyNames(Array.prototype).length];

/** What belongs to all objects of the program, and has been changed; undefined where nothing has. */
function pollution(): string | undefined {
  if (Object.getOwnPropertyNames(Object.prototype).length !== untouched[0]) return 'Object.prototype';
  if (Object.getOwnPropertyNames(Array.prototype).length !== untouched[1]) return 'Array.prototype';
  const changed = methods.find(
    ([name, method]) => Object.getOwnPropertyNames(method).length !== own.get(name),
  );
  return changed && `Object.prototype.${changed[0]}`;
}

function quoted(input: unknown): string {
  try {
    const text = (JSON.stringify(input) as string | undefined) ?? String(input);
    return text.length > 2000 ? `${text.slice(0, 2000)}… (${text.length} characters)` : text;
  } catch {
    return show(input, 2000); // Too deep, too long, or a circle.
  }
}

export function describe(report: Report): string {
  const { target, seed, inputs, accepted, refused, trained, seconds, faults } = report;
  const head = `${target}: ${inputs} inputs, ${accepted} accepted, ${refused} refused, ${trained} trained, ${faults.length} faults, ${seconds.toFixed(0)} s of the processor (seed ${seed})`;
  const lines = faults.map(
    ({ index, problem, input }) =>
      `  npm run fuzz -- --target ${target} --seed ${seed} --input ${index}\n    ${problem.split('\n').slice(0, 6).join('\n    ')}\n    ${input}`,
  );
  return [head, ...lines].join('\n');
}
