/** `fit`: fits a scaling law to a table of runs from anywhere. */
import { readFileSync } from 'node:fs';
import {
  fitTable,
  isRefusal,
  LAWS,
  parseTable,
  QUANTITIES,
  type Quantity,
  type TableFit,
} from '../scaling/index.ts';
import { readArguments, UsageError } from './arguments.ts';

export const FIT_USAGE = `fit TABLE.csv --law ${LAWS.join('|')} [--columns N=…,D=…,C=…,loss=…] [--x N|D|C|x] [--json]`;

export function fit(argv: string[]): Promise<number> {
  const options = {
    law: { type: 'string' },
    columns: { type: 'string' },
    x: { type: 'string' },
    json: { type: 'boolean' },
  } as const;
  const { values, positionals } = readArguments(argv, options, ['TABLE.csv']);
  const law = oneOf('law', values.law, LAWS);
  const x = values.x === undefined ? undefined : oneOf('x', values.x, ['N', 'D', 'C', 'x'] as const);
  const table = parseTable(readTable(positionals[0]!), columnsOf(values.columns));
  const result = fitTable(table, law, x && { x });
  const notes = isRefusal(table) ? [] : table.notes;
  for (const note of notes) console.error(note);
  console.log(values.json ? JSON.stringify({ ...result, notes }) : describe(result));
  return Promise.resolve(result.refusal ? 1 : 0);
}

function readTable(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`"${file}" cannot be read`);
  }
}

function oneOf<T extends string>(name: string, given: string | undefined, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === given);
  if (!found) throw new UsageError(`--${name}: must be one of ${allowed.join(', ')}, not "${given ?? ''}"`);
  return found;
}

/** `N=params,loss=val_loss` → which column is which quantity; undefined leaves it to the headers. */
function columnsOf(text: string | undefined): Partial<Record<Quantity, string>> | undefined {
  if (text === undefined) return undefined;
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const equals = pair.indexOf('=');
      const quantity = oneOf('columns', pair.slice(0, Math.max(0, equals)).trim(), QUANTITIES);
      return [quantity, pair.slice(equals + 1).trim()];
    }),
  );
}

function describe({ law, parameters, points, refusal }: TableFit): string {
  if (refusal) return `No ${law} law: ${refusal.sentence}`;
  const lines = Object.entries(parameters).map(
    ([name, { estimate, low, high }]) =>
      `  ${name.padEnd(12)} ${short(estimate)}  [${short(low)}, ${short(high)}]`,
  );
  return [`${law} law fitted to ${points.length} runs; intervals at 90%:`, ...lines].join('\n');
}

const short = (value: number): string => Number(value.toPrecision(4)).toString();
