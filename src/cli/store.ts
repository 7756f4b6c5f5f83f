/**
 * Results in a folder, a file each. A file is written beside its place and then moved there, so that at any moment
 * each is either whole or not there: whatever kills the program, nothing finished is lost.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../training/checkpoint.ts';
import type { ResultStore } from '../training/plan.ts';
import type { RunResult } from '../training/result.ts';

export class FileStore implements ResultStore {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  load(id: string): Promise<RunResult | undefined> {
    const text = readIfThere(this.path(`${id}.json`));
    return Promise.resolve(text && (JSON.parse(text.toString('utf8'), reviveNaN) as RunResult));
  }

  save(id: string, result: RunResult): Promise<void> {
    writeWhole(this.path(`${id}.json`), JSON.stringify(result));
    return Promise.resolve();
  }

  loadCheckpoint(id: string): Promise<Checkpoint | undefined> {
    const file = readIfThere(this.path(`${id}.safetensors`));
    return Promise.resolve(file && decodeCheckpoint(file));
  }

  saveCheckpoint(id: string, checkpoint: Checkpoint): Promise<void> {
    writeWhole(this.path(`${id}.safetensors`), encodeCheckpoint(checkpoint));
    return Promise.resolve();
  }

  private path(name: string): string {
    return join(this.folder, name);
  }
}

/** Writes a file such that it is there with all of its content or not at all, a loss of power included. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const beside = `${path}.${process.pid}.part`;
  const file = openSync(beside, 'w');
  try {
    writeSync(file, typeof content === 'string' ? Buffer.from(content) : content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** JSON has no NaN: `null` where a number was wanted is one. */
function reviveNaN(_key: string, value: unknown): unknown {
  return value === null ? NaN : value;
}
