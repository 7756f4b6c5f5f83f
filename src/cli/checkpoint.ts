/** Checkpoint files that a person names. */
import { readFileSync } from 'node:fs';
import { decodeCheckpoint, type Checkpoint } from '../training/checkpoint.ts';
import { SafetensorsError } from '../training/safetensors.ts';
import { UsageError } from './arguments.ts';

/** @throws UsageError, SafetensorsError, SchemaError: each names the file */
export function readCheckpoint(file: string): Checkpoint {
  let bytes;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new UsageError(`"${file}" cannot be read; it should hold a checkpoint`);
  }
  try {
    return decodeCheckpoint(bytes);
  } catch (error) {
    if (error instanceof SafetensorsError) throw new SafetensorsError(`${file}: ${error.message}`);
    throw error;
  }
}
