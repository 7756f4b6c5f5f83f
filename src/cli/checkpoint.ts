/** Checkpoint files that a person names. */
import { SchemaError } from '../schema.ts';
import { decodeWeights } from '../training/results/checkpoint.ts';
import type { Weights } from '../training/results/weights.ts';
import { checkSafetensors } from './files/checksum.ts';
import { DamagedError } from './files/damaged.ts';
import { readNamed } from './named-file.ts';

/**
 * The weights in a checkpoint, to begin with or to score.
 * @throws UsageError, SchemaError: each names the file
 */
export function readWeights(file: string): Weights {
  const bytes = readNamed(file, 'a checkpoint');
  try {
    checkSafetensors(bytes);
    return decodeWeights(bytes);
  } catch (error) {
    if (error instanceof SchemaError || error instanceof DamagedError)
      throw new SchemaError(`${file}: ${error.message}`);
    throw error;
  }
}
