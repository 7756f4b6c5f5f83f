/** `fit`: fits a scaling law to a table of runs from anywhere. */
import {
  fitTable,
  isRefusal,
  type Law,
  LAWS,
  NOISES,
  parseTable,
  QUANTITIES,
  type Quantity,
  type Table,
  type TableFit,
} from '../scaling/index.ts';
import { readArguments, UsageError } from './arguments.ts';
import { readNamedText } from './named-file.ts';

export const FIT_USAGE = `fit TABLE.csv --law ${LAWS.join('|')} [--columns N=…,D=…,C=…,loss=…] [--units loss=bits,C=GFLOPs,…] [--x N|D|C|x] [--robust [δ]] [--noise ${NOISES.join('|')}] [--json]`;

export function fit(argv: string[]): Promise<number> {
  const options = {
    law: { type: 'string' },
    columns: { type: 'string' },
    units: { type: 'string' },
    x: { type: 'string' },
    robust: { type: 'string' },
    noise: { type: 'string' },
    json: { type: 'boolean' },
  } as const;
  const { values, positionals } = readArguments(withDelta(argv), options, ['TABLE.csv']);
  const law = oneOf('law', values.law, LAWS);
  const x = values.x === undefined ? undefined : oneOf('x', values.x, ['N', 'D', 'C', 'x'] as const);
  const robust = values.robust === undefined ? undefined : deltaOf(values.robust);
  const noise = values.noise === undefined ? undefined : oneOf('noise', values.noise, NOISES);
  if (robust !== undefined && law === 'isoflop') {
    throw new UsageError('--robust: is for the laws power and parametric; parabolas are least squares');
  }
  if (noise !== undefined && law !== 'power') throw new UsageError('--noise: is for the law power');
  const text = readNamedText(positionals[0]!, 'a table of runs');
  const table = parseTable(text, pairsOf('columns', values.columns), pairsOf('units', values.units));
  const result = fitTable(table, law, {
    ...(x && { x }),
    ...(robust !== undefined && { robust }),
    ...(noise && { noise }),
  });
  const read = isRefusal(table) ? undefined : table;
  const notes = [...(read?.notes ?? []), ...(result.notes ?? [])];
  for (const note of notes) console.error(note);
  console.log(values.json ? JSON.stringify(asJson(result, read, notes)) : describe(result, read));
  return Promise.resolve(result.refusal ? 1 : 0);
}

/** `--robust` alone is `--robust=`, and a number after it is its δ: Node's own reader knows no option with a value that may be missing. */
function withDelta(argv: readonly string[]): string[] {
  const isDelta = (text: string | undefined): boolean => text !== undefined && /^[.\d][\d.e-]*$/i.test(text);
  return argv.flatMap((argument, i) => {
    if (argument === '--robust') return [`--robust=${isDelta(argv[i + 1]) ? argv[i + 1]! : ''}`];
    return argv[i - 1] === '--robust' && isDelta(argument) ? [] : [argument];
  });
}

/** @returns true for the default δ */
function deltaOf(text: string): true | number {
  if (text === '') return true;
  const delta = Number(text);
  if (!(delta > 0 && delta <= 1)) {
    throw new UsageError(`--robust: δ must be a number above 0, at most 1, in log units, not "${text}"`);
  }
  return delta;
}

function oneOf<T extends string>(name: string, given: string | undefined, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === given);
  if (!found) throw new UsageError(`--${name}: must be one of ${allowed.join(', ')}, not "${given ?? ''}"`);
  return found;
}

/**
 * `N=params,loss=val_loss` → which quantity has which word; undefined leaves it to the headers. Only a comma before `name=` separates, so
 * that `loss=loss, nats` names a header with a comma; quotes around a word are dropped.
 */
function pairsOf(option: string, text: string | undefined): Partial<Record<Quantity, string>> | undefined {
  if (text === undefined) return undefined;
  return Object.fromEntries(
    text.split(/,(?=\s*\p{L}+\s*=)/u).map((pair) => {
      const equals = pair.indexOf('=');
      const quantity = oneOf(option, pair.slice(0, Math.max(0, equals)).trim(), QUANTITIES);
      const word = pair.slice(equals + 1).trim();
      return [quantity, /^"(.*)"$/s.exec(word)?.[1]?.replaceAll('""', '"') ?? word];
    }),
  );
}

function asJson(result: TableFit, table: Table | undefined, notes: string[]): object {
  if (!table) return { ...result, notes };
  const { readings, sources, rows, notes: leftOut } = table;
  return {
    ...result,
    columns: sources,
    readings,
    rows: { used: rows.length, leftOut: leftOut.length },
    notes,
  };
}

function describe(
  { law, parameters, points, refusal, variable }: TableFit,
  table: Table | undefined,
): string {
  const read = table ? [...howRead(table, variable), ...derived(law, table)] : [];
  if (refusal) return [`No ${law} law: ${refusal.sentence}`, ...read].join('\n');
  const lines = Object.entries(parameters).map(
    ([name, { estimate, low, high }]) =>
      `  ${name.padEnd(12)} ${short(estimate)}  [${short(low)}, ${short(high)}]`,
  );
  return [`${law} law fitted to ${points.length} runs; intervals at 90%:`, ...lines, ...read].join('\n');
}

/** What was read, so that nobody has to guess which column and which unit a number is of. */
function howRead({ sources, rows, notes, readings }: Table, variable: string | undefined): string[] {
  const columns = sources.map(({ quantity, header, position, unit, convertedTo }) => {
    const name = header === '' ? `column ${position}` : `“${header}”`;
    const converted =
      unit === '' || unit === convertedTo ? convertedTo : `${unit}, converted to ${convertedTo}`;
    return `  ${`${quantity}${quantity === variable ? ' (the variable)' : ''}`.padEnd(18)} ${name}, ${converted}`;
  });
  const left = notes.length ? `, ${notes.length} left out` : '';
  return [`Read ${rows.length} rows${left}:`, ...columns, ...readings.map((reading) => `  ${reading}`)];
}

/** What the law takes for a quantity that the table does not have. */
function derived(law: Law, { columns }: Table): string[] {
  if (law === 'power' || refusedFor(columns)) return [];
  if (!columns.includes('N')) return ['  N                  C / (6D)'];
  if (law === 'parametric' && !columns.includes('D')) return ['  D                  C / (6N)'];
  return law === 'isoflop' && !columns.includes('C') ? ['  C                  6ND'] : [];
}

const refusedFor = (columns: readonly Quantity[]): boolean =>
  (['N', 'D', 'C'] as const).filter((quantity) => columns.includes(quantity)).length < 2;

const short = (value: number): string => Number(value.toPrecision(4)).toString();
