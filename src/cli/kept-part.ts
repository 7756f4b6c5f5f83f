/**
 * What `run` keeps beside the files that it will write, so that it can go on after it was stopped or killed: a folder
 * `FILE.part` with the run's spec, its curve so far and a checkpoint. It is gone when the run is whole.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describeDifferences, differences } from '../training/spec/identity.ts';
import type { RunSpec } from '../training/spec/spec.ts';
import type { Part } from '../training/plan/store.ts';
import type { Weights } from '../training/results/weights.ts';
import { UsageError } from './arguments.ts';
import { DamagedError } from './files/damaged.ts';
import { disk } from './files/disk.ts';
import { readSealed, sealed } from './files/sealed.ts';
import { explained, factsIfThere, makeFolder, writeWhole } from './files/write.ts';
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
    from: Weights | undefined,
    resume: boolean,
  ): Promise<{ kept: KeptPart; part: Part | undefined }> {
    const folder = `${file}.part`;
    const kept = new KeptPart(folder, spec);
    const begun: Begun = { spec, ...(from && { from: { step: from.step, weights: digest(from) } }) };
    const isThere = factsIfThere(folder) !== undefined;
    if (!resume && isThere) {
      console.error(
        `What an earlier run had left in "${folder}" is cleared away; --resume would go on with it.`,
      );
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

  /** @throws FileError */
  clear(): void {
    try {
      disk().removeFolder(this.folder);
    } catch (error) {
      throw explained('removed', this.folder, error);
    }
  }

  private async earlier(begun: Begun): Promise<Part | undefined> {
    let earlier: Partial<Begun>;
    const path = join(this.folder, 'begun.json');
    try {
      earlier = readSealed(path) ?? {};
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

function digest({ parameters }: Weights): string {
  return createHash('sha256').update(parameters).digest('hex');
}
