/** Checkpoint files that a person names. */
import { readFileSync } from 'node:fs';
import { SchemaError } from '../schema.ts';
import { decodeWeights } from '../training/checkpoint.ts';
import type { Weights } from '../training/weights.ts';
import { UsageError } from './arguments.ts';
import { checkSafetensors } from './files/checksum.ts';
import { DamagedError } from './files/damaged.ts';

/**
 * The weights in a checkpoint, to begin with or to score.
 * @throws UsageError, SchemaError: each names the file
 */
export function readWeights(file: string): Weights {
  let bytes;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new UsageError(
      `"${file}" cannot be read (${(error as Error).message}); it should hold a checkpoint`,
    );
  }
  try {
    checkSafetensors(bytes);
    return decodeWeights(bytes);
  } catch (error) {
    if (error instanceof SchemaError || error instanceof DamagedError)
      throw new SchemaError(`${file}: ${error.message}`);
    throw error;
  }
}
