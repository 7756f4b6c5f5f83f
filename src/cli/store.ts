/**
 * Results in a folder, a file each. A file is written beside its place and then moved there, so that at any moment
 * each is either whole or not there: whatever kills the program, nothing finished is lost.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../training/checkpoint.ts';
import type { RunResult } from '../training/result.ts';
import { soleLease, type Lease, type Part, type ResultStore, type RunKey } from '../training/store.ts';

export class FileStore implements ResultStore {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  lease(): Promise<Lease> {
    return Promise.resolve(soleLease());
  }

  load({ id }: RunKey): Promise<RunResult | undefined> {
    const text = readIfThere(this.path(`${id}.json`));
    return Promise.resolve(text && (JSON.parse(text.toString('utf8'), reviveNaN) as RunResult));
  }

  save({ id }: RunKey, result: RunResult): Promise<void> {
    writeWhole(this.path(`${id}.json`), JSON.stringify(result));
    for (const name of readdirSync(this.folder)) {
      if (name.startsWith(`${id}.part.`)) rmSync(this.path(name));
    }
    return Promise.resolve();
  }

  loadCheckpoint({ id }: RunKey): Promise<Checkpoint | undefined> {
    const file = readIfThere(this.path(`${id}.safetensors`));
    return Promise.resolve(file && decodeCheckpoint(file));
  }

  saveCheckpoint({ id }: RunKey, checkpoint: Checkpoint): Promise<void> {
    writeWhole(this.path(`${id}.safetensors`), encodeCheckpoint(checkpoint));
    return Promise.resolve();
  }

  loadPart({ id }: RunKey): Promise<Part | undefined> {
    const text = readIfThere(this.path(`${id}.part.json`));
    if (!text) return Promise.resolve(undefined);
    const result = JSON.parse(text.toString('utf8'), reviveNaN) as RunResult;
    const checkpoint = readIfThere(this.path(partName(id, result)));
    return Promise.resolve(checkpoint && { result, checkpoint: decodeCheckpoint(checkpoint) });
  }

  /** The curve names its checkpoint by the step, so that the two always belong together. */
  savePart({ id }: RunKey, { result, checkpoint }: Part): Promise<void> {
    const before = readIfThere(this.path(`${id}.part.json`));
    writeWhole(this.path(partName(id, result)), encodeCheckpoint(checkpoint));
    writeWhole(this.path(`${id}.part.json`), JSON.stringify(result));
    if (before) {
      const old = partName(id, JSON.parse(before.toString('utf8')) as RunResult);
      if (old !== partName(id, result)) rmSync(this.path(old), { force: true });
    }
    return Promise.resolve();
  }

  forget({ id }: RunKey): Promise<void> {
    for (const name of readdirSync(this.folder)) {
      if (name.startsWith(`${id}.`)) rmSync(this.path(name), { force: true });
    }
    return Promise.resolve();
  }

  private path(name: string): string {
    return join(this.folder, name);
  }
}

function partName(id: string, { step }: RunResult): string {
  return `${id}.part.${step}.safetensors`;
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
