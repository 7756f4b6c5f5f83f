/**
 * Results in a folder, files of their own for each run. Each is either whole or not there, whatever kills the program
 * (files/write.ts), and carries a checksum. What is damaged, or another run's, is named and set aside: the run is then
 * as good as new.
 */
import { join } from 'node:path';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../training/results/checkpoint.ts';
import { idsOf } from '../training/spec/identity.ts';
import { parseResult } from '../training/results/parse-result.ts';
import type { RunResult } from '../training/results/result.ts';
import {
  LeaseLostError,
  type Lease,
  type Part,
  type ResultStore,
  type RunKey,
} from '../training/plan/store.ts';
import { SchemaError } from '../schema.ts';
import { checkSafetensors, sealSafetensors } from './files/checksum.ts';
import { DamagedError } from './files/damaged.ts';
import { codeOf, disk } from './files/disk.ts';
import { type FileLease, Leases } from './files/lease.ts';
import { noteLeftovers } from './files/leftovers.ts';
import { readBytes } from './files/read.ts';
import { readResultFile, resultFile } from './files/result-file.ts';
import { setAside } from './files/set-aside.ts';
import { explained, makeFolder, writeWhole } from './files/write.ts';

export interface FileStoreOptions {
  /** false changes nothing in the folder: what is damaged is named and stays where it is */
  setsAside?: boolean;
  /** hears what is damaged, a line each */
  warn?: (message: string) => void;
}

export class FileStore implements ResultStore {
  private readonly leases = new Leases();
  private readonly held = new Map<string, FileLease>();
  private readonly setsAside: boolean;
  private readonly warn: (message: string) => void;
  private isReady = false;

  constructor(
    private readonly folder: string,
    { setsAside = true, warn = (message) => console.error(message) }: FileStoreOptions = {},
  ) {
    this.setsAside = setsAside;
    this.warn = warn;
    if (setsAside) noteLeftovers(folder, true);
  }

  lease({ id }: RunKey): Promise<Lease | undefined> {
    this.prepare();
    const lease = this.leases.take(this.path(`${id}.lease`));
    if (lease) this.held.set(id, lease);
    return Promise.resolve(lease);
  }

  load(run: RunKey): Promise<RunResult | undefined> {
    return Promise.resolve(this.find(run, '.json', (path) => readResult(path, run)));
  }

  save({ id }: RunKey, result: RunResult): Promise<void> {
    this.write(id, `${id}.json`, resultFile(result));
    this.remove(this.filesOf(id).filter((name) => name.startsWith(`${id}.part.`)));
    return Promise.resolve();
  }

  loadCheckpoint(run: RunKey): Promise<Checkpoint | undefined> {
    return Promise.resolve(this.find(run, '.safetensors', (path) => readCheckpointFile(path, run)));
  }

  saveCheckpoint({ id }: RunKey, checkpoint: Checkpoint): Promise<void> {
    this.write(id, `${id}.safetensors`, sealSafetensors(encodeCheckpoint(checkpoint)));
    return Promise.resolve();
  }

  loadPart(run: RunKey): Promise<Part | undefined> {
    const found = this.find(run, '.part.json', (path, id) => {
      const result = readResult(path, run);
      return result && { id, result };
    });
    if (!found) return Promise.resolve(undefined);
    const { id, result } = found;
    const checkpoint = this.find({ ...run, id }, partOf(result.step), (path) =>
      readCheckpointFile(path, run),
    );
    if (!checkpoint) return Promise.resolve(undefined);
    if (checkpoint.step === result.step) return Promise.resolve({ result, checkpoint });
    this.name(`${id}${partOf(result.step)}`, `it is of step ${checkpoint.step}`);
    return Promise.resolve(undefined);
  }

  /** The curve names its checkpoint by the step, so that the two always belong together. */
  savePart({ id }: RunKey, { result, checkpoint }: Part): Promise<void> {
    const name = `${id}${partOf(result.step)}`;
    this.write(id, name, sealSafetensors(encodeCheckpoint(checkpoint)));
    this.write(id, `${id}.part.json`, resultFile(result));
    this.remove(this.filesOf(id).filter((other) => isPart(other, id) && other !== name));
    return Promise.resolve();
  }

  forget(run: RunKey): Promise<void> {
    for (const id of idsOf(run)) this.remove(this.filesOf(id));
    return Promise.resolve();
  }

  /** The first of a run's files that is there and right. What is damaged, or another run's, is set aside. */
  private find<T>(
    run: RunKey,
    ending: string,
    read: (path: string, id: string) => T | undefined,
  ): T | undefined {
    for (const id of idsOf(run)) {
      const name = `${id}${ending}`;
      try {
        const found = read(this.path(name), id);
        if (found !== undefined) return found;
      } catch (error) {
        if (!isDamage(error)) throw error;
        // An older id may belong to another run too, rightly.
        if (id === run.id) this.name(name, reason(error));
      }
    }
    return undefined;
  }

  /** Says that a file is damaged and, where that is allowed, gives it another name. */
  private name(name: string, why: string): void {
    const path = this.path(name);
    if (!this.setsAside) {
      this.warn(`"${path}" does not count, because ${why}.`);
      return;
    }
    this.warn(setAside(path, why));
  }

  /** @throws FileError; LeaseLostError where another process trains the run now */
  private write(id: string, name: string, content: Parameters<typeof writeWhole>[1]): void {
    this.prepare();
    const lease = this.held.get(id);
    if (lease && !lease.isReleased && !lease.isHeld()) throw new LeaseLostError(id);
    writeWhole(this.path(name), content);
  }

  private prepare(): void {
    if (this.isReady) return;
    makeFolder(this.folder);
    this.isReady = true;
  }

  /** @throws FileError */
  private remove(names: readonly string[]): void {
    for (const name of names) {
      try {
        disk().remove(this.path(name));
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw explained('removed', this.path(name), error);
      }
    }
  }

  /** All that is kept of a run. Ids may be the beginnings of others' ids. */
  private filesOf(id: string): string[] {
    const own = [`${id}.json`, `${id}.safetensors`, `${id}.part.json`];
    return this.names().filter((name) => own.includes(name) || isPart(name, id));
  }

  private names(): string[] {
    try {
      return disk().list(this.folder);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw explained('read', this.folder, error);
    }
  }

  private path(name: string): string {
    return join(this.folder, name);
  }
}

function partOf(step: number): string {
  return `.part.${step}.safetensors`;
}

/** Whether a file is the checkpoint of a part of this run. */
function isPart(name: string, id: string): boolean {
  return name.startsWith(`${id}.part.`) && /^\d+\.safetensors$/.test(name.slice(`${id}.part.`.length));
}

function readResult(path: string, run: RunKey): RunResult | undefined {
  const value = readResultFile(path);
  return value === undefined ? undefined : parseResult(value, run);
}

function readCheckpointFile(path: string, run: RunKey): Checkpoint | undefined {
  const file = readBytes(path);
  if (!file) return undefined;
  checkSafetensors(file);
  return decodeCheckpoint(file, run);
}

function isDamage(error: unknown): boolean {
  return error instanceof DamagedError || error instanceof SchemaError;
}

function reason(error: unknown): string {
  return (error as Error).message.replace(/\.$/, '').split('\n')[0]!;
}
