/**
 * Whether a tab or a process that trains for an hour is as fast and as small at its end as it was at its beginning
 * (bench/README.md).
 */
import { readArguments, UsageError, wholeNumber } from '../src/cli/arguments.ts';
import { align } from '../src/cli/bench/table.ts';
import { inChromium } from './soak/chromium.ts';
import { inNode } from './soak/node.ts';
import { KINDS, type Place, type Round } from './soak/place.ts';

const PLACES: Record<string, () => Promise<Place>> = { chromium: inChromium, node: inNode };
const USAGE = `node bench/start.mjs soak [--minutes N] [--in ${Object.keys(PLACES).join('|')}]`;
/** Lines of the table. */
const PARTS = 10;

export async function main(argv: string[]): Promise<number> {
  const { values } = readArguments(argv, {
    minutes: { type: 'string', default: '60' },
    in: { type: 'string' },
  });
  const minutes = wholeNumber('minutes', values.minutes, 1, 10_000);
  if (values.in !== undefined && !Object.hasOwn(PLACES, values.in))
    throw new UsageError(
      `--in: must be one of ${Object.keys(PLACES).join(', ')}, not "${values.in}"\n${USAGE}`,
    );
  const names = values.in === undefined ? Object.keys(PLACES) : [values.in];
  for (const name of names) {
    const place = await PLACES[name]!();
    try {
      await soak(place, minutes / names.length);
    } finally {
      await place.close();
    }
  }
  return 0;
}

/** Speed of a run beside the median of its kind: kinds are not equally fast. */
type Measured = Round & { minute: number; speed: number };

async function soak(place: Place, minutes: number): Promise<void> {
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 60_000;
  const rounds: Measured[] = [];
  console.log(`${place.name}, ${minutes} minutes`);
  while (elapsed() < minutes) {
    const round = await place.round(rounds.length);
    rounds.push({ ...round, minute: elapsed(), speed: round.steps / round.seconds });
  }
  const usual = Array.from({ length: KINDS }, (_, kind) =>
    median(rounds.filter((_, i) => i % KINDS === kind).map(({ speed }) => speed)),
  );
  rounds.forEach((round, i) => (round.speed /= usual[i % KINDS]!));
  const rows = Array.from({ length: PARTS }, (_, part) => {
    const inPart = rounds.filter(
      ({ minute }) => Math.min(PARTS - 1, Math.floor((minute / minutes) * PARTS)) === part,
    );
    return [
      ((minutes * (part + 1)) / PARTS).toFixed(1),
      String(inPart.length),
      median(inPart.map(({ megabytes }) => megabytes)).toFixed(0),
      median(inPart.map(({ speed }) => speed)).toFixed(2),
    ];
  });
  console.log(align([['until min', 'runs', 'MB', 'speed'], ...rows]));
  const usualSpeeds = usual.map((speed) => speed.toFixed(0)).join(', ');
  console.log(
    `${rounds.length} runs; steps/s of the kinds ${usualSpeeds}; a speed of 1 is the median of its kind\n`,
  );
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
