/** Records of results and checkpoints as the database has them: with the version of their shape and a checksum. */
import type { RunResult } from '../training/results/result.ts';
import { refusalOf } from '../refusal.ts';
import { RESULT_PROBLEMS } from '../result-words.ts';

const VERSION = 1;
const refusal = refusalOf(RESULT_PROBLEMS);

/** What is kept of a run: its result or its curve so far, its weights, or both. */
export interface Content {
  result?: RunResult;
  /** a checkpoint file */
  checkpoint?: Uint8Array<ArrayBuffer>;
}

export interface Sealed extends Content {
  version: number;
  /** SHA-256 of the content, where the browser has it */
  sum?: string;
  /** ISO date, by which the index of interrupted runs is sorted */
  date: string;
}

export async function seal({ result, checkpoint }: Content): Promise<Sealed> {
  const content: Content = { ...(result && { result: compact(result) }), ...(checkpoint && { checkpoint }) };
  const sum = await checksum(content);
  return {
    version: VERSION,
    date: result?.date ?? new Date().toISOString(),
    ...(sum !== undefined && { sum }),
    ...content,
  };
}

/**
 * @param raw what the database gave; records from before there were versions are the content alone
 * @returns the content, of which no more is known than that it is what was written
 * @throws SchemaError where it is not, or a newer version of the page has written it
 */
export async function unseal(raw: unknown): Promise<Content> {
  if (raw instanceof Uint8Array) return { checkpoint: raw as Uint8Array<ArrayBuffer> };
  if (typeof raw !== 'object' || raw === null) throw refusal('', 'no-record');
  const record = raw as Partial<Sealed>;
  if (record.version === undefined) {
    return record.result || record.checkpoint ? record : { result: raw as RunResult };
  }
  if (record.version !== VERSION) throw refusal('', 'newer-record');
  const content: Content = {
    ...(record.result && { result: record.result }),
    ...(record.checkpoint && { checkpoint: record.checkpoint }),
  };
  const sum = record.sum === undefined ? undefined : await checksum(content);
  if (sum !== undefined && sum !== record.sum) throw refusal('', 'damaged');
  return content;
}

/** Losses at four bytes each, without the room in which they grew. */
function compact(result: RunResult): RunResult {
  const values = result.losses.values.map((curve) => new Float32Array(curve));
  return { ...result, losses: { ...result.losses, values } };
}

async function checksum({ result, checkpoint }: Content): Promise<string | undefined> {
  // Pages without https have none.
  const { subtle } = globalThis.crypto as Partial<Crypto>;
  if (!subtle) return undefined;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  if (result) {
    const { losses, ...facts } = result;
    parts.push(new TextEncoder().encode(JSON.stringify([facts, losses.first])));
    for (const curve of losses.values) parts.push(new Uint8Array(new Float32Array(curve).buffer));
  }
  if (checkpoint) parts.push(checkpoint);
  // Of each part its own sum, and of these one: nothing has to be put together in memory.
  const sums = await Promise.all(parts.map((part) => subtle.digest('SHA-256', part)));
  const all = new Uint8Array(await subtle.digest('SHA-256', await new Blob(sums).arrayBuffer()));
  return Array.from(all, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
