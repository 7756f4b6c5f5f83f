/**
 * A run's result as a JSON file. The losses of a long run are more than a text can hold (2²⁹ signs): they are written
 * and read number by number, all else as usual.
 */
import { constants } from 'node:buffer';
import { RUN_FORMAT } from '../../files/formats.ts';
import { LossList } from '../../training/results/loss-list.ts';
import type { RunResult } from '../../training/results/result.ts';
import { JsonSeal, sealJson } from './checksum.ts';
import { DamagedError } from './damaged.ts';
import { readPieces } from './read.ts';

/** Numbers of one piece of text. */
const PIECE = 1 << 14;
const LOSSES = '"losses":{"first":';
const VALUES = ',"values":[';
/** Signs from the key of the losses to the first of them, at most. */
const MOST_KEY = LOSSES.length + 32;

/** With a checksum at its end. */
export function resultFile(result: RunResult): Iterable<string> {
  return sealJson(openResult(result));
}

/** As programs read it. */
export function* resultText(result: RunResult): Generator<string> {
  yield* openResult(result);
  yield '}';
}

/** All but the closing bracket. */
function* openResult({ losses, evaluations, ...rest }: RunResult): Generator<string> {
  yield JSON.stringify({ format: RUN_FORMAT, ...rest }).slice(0, -1);
  yield `,${LOSSES}${losses.first}${VALUES}`;
  for (const [r, row] of losses.values.entries()) {
    yield r > 0 ? ',[' : '[';
    for (let i = 0; i < row.length; i += PIECE) {
      const numbers = Array.from(row.slice(i, i + PIECE), numberText);
      yield (i > 0 ? ',' : '') + numbers.join(',');
    }
    yield ']';
  }
  yield ']},"evaluations":[';
  for (const [i, evaluation] of evaluations.entries()) {
    yield (i > 0 ? ',' : '') + JSON.stringify(evaluation);
  }
  yield ']';
}

/** JSON has no NaN. */
function numberText(value: number): string {
  return Number.isFinite(value) ? String(value) : 'null';
}

/**
 * What a file holds where it is whole; whether that is a run's result is not asked here. Nothing where there is none.
 * @throws DamagedError, FileError
 */
export function readResultFile(path: string): unknown {
  const seal = new JsonSeal();
  const reader = new ResultReader();
  let isThere = false;
  for (const piece of readPieces(path)) {
    isThere = true;
    seal.update(piece);
    reader.read(piece);
  }
  if (!isThere) return undefined;
  seal.check();
  return reader.value();
}

/** Takes the losses out of a JSON text, and keeps the rest as text. */
class ResultReader {
  private readonly rest: Buffer[] = [];
  private readonly rows: LossList[] = [];
  private state: 'before' | 'between rows' | 'in a row' | 'behind' = 'before';
  /** a number that the next piece goes on with, or, before the losses, all that may be the beginning of their key */
  private open = '';
  private kept = 0;

  read(piece: Uint8Array): void {
    let bytes = Buffer.from(piece);
    if (this.state === 'before') {
      const before = this.rest.pop() ?? Buffer.alloc(0);
      // The key of the losses may lie across two pieces.
      const seam = Math.max(0, before.length - MOST_KEY);
      this.rest.push(before.subarray(0, seam));
      this.kept -= before.length - seam;
      bytes = Buffer.concat([before.subarray(seam), bytes]);
      const at = lossesIn(bytes);
      this.keep(at < 0 ? bytes : bytes.subarray(0, at));
      if (at < 0) return;
      bytes = bytes.subarray(at);
      this.state = 'between rows';
    }
    if (this.state === 'behind') this.keep(bytes);
    else this.readRows(bytes);
  }

  private keep(bytes: Buffer): void {
    this.kept += bytes.length;
    if (this.kept > constants.MAX_STRING_LENGTH) throw new DamagedError('it is larger than a text can be');
    this.rest.push(bytes);
  }

  value(): unknown {
    if (this.state === 'between rows' || this.state === 'in a row')
      throw new DamagedError('it ends in the middle');
    const value = parse(Buffer.concat(this.rest));
    if (typeof value !== 'object' || value === null) return value;
    const { checksum: _checksum, ...result } = value as {
      losses?: Partial<RunResult['losses']>;
      checksum?: unknown;
    };
    if (this.state === 'behind' && result.losses) result.losses.values = this.rows.map((row) => row.values());
    return result;
  }

  private readRows(bytes: Buffer): void {
    let start = 0;
    for (let i = 0; i < bytes.length; i++) {
      const sign = bytes[i];
      if (this.state === 'between rows') {
        if (sign === OPENING) {
          this.rows.push(new LossList());
          this.state = 'in a row';
          start = i + 1;
        } else if (sign === CLOSING) {
          this.state = 'behind';
          this.keep(bytes.subarray(i));
          return;
        } else if (sign !== COMMA) throw new DamagedError('its losses are no lists');
      } else if (sign === COMMA || sign === CLOSING) {
        this.push(this.open + bytes.toString('latin1', start, i), sign === CLOSING);
        this.open = '';
        start = i + 1;
        if (sign === CLOSING) this.state = 'between rows';
      }
    }
    if (this.state === 'in a row') this.open += bytes.toString('latin1', start);
  }

  private push(text: string, isLast: boolean): void {
    const row = this.rows.at(-1)!;
    if (text === '' && isLast && row.values().length === 0) return;
    const value = text === 'null' ? NaN : Number(text);
    if (text.trim() === '' || (Number.isNaN(value) && text !== 'null'))
      throw new DamagedError('a loss is no number');
    row.push(value);
  }
}

const [OPENING, CLOSING, COMMA] = Buffer.from('[],');

/** Where the rows of losses begin, behind the bracket; below 0 where none do. Texts in JSON hold no bare quotes: it is the key. */
function lossesIn(bytes: Buffer): number {
  const at = bytes.indexOf(LOSSES);
  if (at < 0) return -1;
  const behind = bytes.toString('latin1', at + LOSSES.length, at + MOST_KEY);
  const [whole] = /^\d+,"values":\[/.exec(behind) ?? [];
  return whole === undefined ? -1 : at + LOSSES.length + whole.length;
}

function parse(bytes: Buffer): unknown {
  if (bytes.length === 0) throw new DamagedError('it is empty');
  let text;
  try {
    text = bytes.toString('utf8');
    return JSON.parse(text);
  } catch {
    throw new DamagedError(
      text === undefined ? 'it is larger than a text can be' : 'it is not JSON, or is cut off',
    );
  }
}
