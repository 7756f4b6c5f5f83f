/** How long lessons' runs take on this device: as their pages have measured it, or a guess from the recorded runs. */
import type { Cost } from '../../lessons/meta.ts';
import { COSTS } from '../../lessons/path.ts';

const KEY = 'scaling-lab times';

/** A standard experiment that takes longer than this is begun at the small size, s. */
export const MOST_SECONDS = 90;
/** FLOP/s of small models on a usual laptop's GPU, where nothing was measured. */
export const USUAL_FLOPS = 2e10;

type Kind = keyof Cost['recorded'];
type Measured = Partial<Record<'small' | 'standard', number>>;

export interface Times {
  device: string;
  /** seconds that the engine's calibration gave, by lesson and size */
  seconds: Readonly<Record<string, Measured>>;
}

export interface RunTime {
  seconds: number;
  /** measured on this device, for this experiment; else guessed from recorded runs */
  measured: boolean;
}

/** The time at the size with which the lesson begins here; undefined where there is no recorded run. */
export function runTime(lesson: string, times: Times | undefined, software: boolean): RunTime | undefined {
  const cost = COSTS[lesson];
  if (!cost) return undefined;
  const standard = atSize(lesson, cost, 'standard', times, software);
  return software || standard.seconds > MOST_SECONDS
    ? atSize(lesson, cost, 'small', times, software)
    : standard;
}

function atSize(
  lesson: string,
  cost: Cost,
  size: 'small' | 'standard',
  times: Times | undefined,
  software: boolean,
): RunTime {
  const own = times?.seconds[lesson]?.[size];
  if (own !== undefined) return { seconds: own, measured: true };
  const kind = software ? 'software' : 'gpu';
  const pace = paceOf(times, kind) ?? (software ? 1 : undefined);
  const seconds = pace === undefined ? cost.flops[size] / USUAL_FLOPS : pace * reference(cost, size, kind);
  return { seconds, measured: false };
}

/** Seconds of the recordings on one kind of device: the ratios between lessons differ from kind to kind. */
function reference({ flops, recorded }: Cost, size: 'small' | 'standard', kind: Kind): number {
  return (recorded[kind] * flops[size]) / flops.standard;
}

/** How many times as long as on that device a run takes here: the median over what was measured. */
function paceOf(times: Times | undefined, kind: Kind): number | undefined {
  const paces = Object.entries(times?.seconds ?? {}).flatMap(([lesson, measured]) =>
    (['small', 'standard'] as const).flatMap((size) => {
      const [cost, seconds] = [COSTS[lesson], measured[size]];
      return cost && seconds !== undefined ? [seconds / reference(cost, size, kind)] : [];
    }),
  );
  return paces.sort((a, b) => a - b)[Math.floor(paces.length / 2)];
}

/** Anything malformed counts as not there. */
export function loadTimes(): Times | undefined {
  try {
    const { device, seconds } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Times>;
    if (typeof device !== 'string' || typeof seconds !== 'object') return undefined;
    const sound = Object.entries(seconds).flatMap(([lesson, measured]): [string, Measured][] => {
      const numbers = Object.entries(measured as Record<string, unknown>).filter(
        ([size, value]) =>
          (size === 'small' || size === 'standard') && typeof value === 'number' && value > 0 && value < 1e7,
      );
      return numbers.length ? [[lesson, Object.fromEntries(numbers)]] : [];
    });
    return { device, seconds: Object.fromEntries(sound) };
  } catch {
    return undefined;
  }
}

/** What was measured on another device is forgotten. */
export function saveTime(device: string, lesson: string, size: 'small' | 'standard', seconds: number): void {
  const before = loadTimes();
  const known = before?.device === device ? before.seconds : {};
  const times: Times = { device, seconds: { ...known, [lesson]: { ...known[lesson], [size]: seconds } } };
  try {
    localStorage.setItem(KEY, JSON.stringify(times));
  } catch {
    // Private windows may refuse: then every visit guesses anew.
  }
}
