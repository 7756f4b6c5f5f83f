/**
 * What `run` keeps beside the files that it will write, so that it can go on after it was stopped or killed: a folder
 * `FILE.part` with the run's spec, its curve so far and a checkpoint. It is gone when the run is whole.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Checkpoint } from '../training/checkpoint.ts';
import { describeDifferences, differences } from '../training/identity.ts';
import type { RunSpec } from '../training/spec.ts';
import type { Part } from '../training/store.ts';
import { UsageError } from './arguments.ts';
import { DamagedError } from './files/damaged.ts';
import { disk } from './files/disk.ts';
import { BEAT_MS } from './files/heartbeat.ts';
import { Leases, type FileLease } from './files/lease.ts';
import { readSealed, sealed } from './files/sealed.ts';
import { SILENT_MS } from './files/silence.ts';
import { factsIfThere, FileError, makeFolder, writeWhole } from './files/write.ts';
import { FileStore } from './store.ts';

/** What a run is: its spec, and the weights that it begins with. */
interface Begun {
  spec: RunSpec;
  from?: { step: number; weights: string };
}

export class KeptPart {
  private readonly store: FileStore;

  private constructor(
    private readonly folder: string,
    private readonly spec: RunSpec,
  ) {
    this.store = new FileStore(folder);
  }

  /**
   * @param file beside which it is
   * @param resume whether to go on with what is there; else it is cleared away
   * @throws UsageError where it is another run's; FileError
   */
  static async open(
    file: string,
    spec: RunSpec,
    from: Checkpoint | undefined,
    resume: boolean,
  ): Promise<{ kept: KeptPart; part: Part | undefined }> {
    const folder = `${file}.part`;
    const kept = new KeptPart(folder, spec);
    const begun: Begun = { spec, ...(from && { from: { step: from.step, weights: digest(from) } }) };
    const isThere = factsIfThere(folder) !== undefined;
    if (!resume && isThere) {
      console.error(`What an earlier run had left in "${folder}" is cleared away; --resume would go on with it.`);
      kept.clear();
    }
    const part = resume && isThere ? await kept.earlier(begun) : undefined;
    if (resume && !part) console.error('There is nothing to go on with: the run begins at step 0.');
    makeFolder(folder);
    if (!part) writeWhole(join(folder, 'begun.json'), sealed(begun));
    return { kept, part };
  }

  async save(part: Part): Promise<void> {
    await this.store.savePart({ id: 'run', spec: this.spec }, part);
  }

  clear(): void {
    disk().removeFolder(this.folder);
  }

  private async earlier(begun: Begun): Promise<Part | undefined> {
    let earlier: Partial<Begun>;
    const path = join(this.folder, 'begun.json');
    try {
      earlier = (readSealed(path) ?? {}) as Partial<Begun>;
    } catch (error) {
      if (!(error instanceof DamagedError)) throw error;
      console.error(`"${path}" does not count, because ${error.message}.`);
      return undefined;
    }
    if (!earlier.spec) return undefined;
    const different = differences(earlier.spec, begun.spec);
    if (different.length === 0) different.push(...differences(earlier.from, begun.from, 'from'));
    if (different.length) {
      throw new UsageError(
        `--resume: the run that was begun is another: ${describeDifferences(different)}; give the same options, or leave --resume out to begin anew`,
      );
    }
    return this.store.loadPart({ id: 'run', spec: this.spec });
  }
}

/**
 * Keeps files for this process alone, until it ends.
 * @throws FileError where another process that lives is writing one of them
 */
export async function reserveFiles(files: readonly string[]): Promise<FileLease[]> {
  const leases = new Leases();
  const own: FileLease[] = [];
  for (const file of files) {
    if (factsIfThere(file)?.kind === 'other') continue;
    // Long enough to know a killed process's.
    for (let left = SILENT_MS / BEAT_MS + 2; ; left--) {
      const lease = leases.take(`${file}.lease`);
      if (lease) {
        own.push(lease);
        break;
      }
      if (left === 0) {
        for (const lease of own) await lease.release();
        throw new FileError(`"${file}" is being written by another process`);
      }
      await sleep(BEAT_MS);
    }
  }
  return own;
}

function digest({ parameters }: Checkpoint): string {
  return createHash('sha256').update(parameters).digest('hex');
}
