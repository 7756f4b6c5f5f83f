/** Checkpoint files that a person names. */
import { readFileSync } from 'node:fs';
import { decodeCheckpoint, type Checkpoint } from '../training/checkpoint.ts';
import { SafetensorsError } from '../training/safetensors.ts';
import { SchemaError } from '../schema.ts';
import { UsageError } from './arguments.ts';
import { checkSafetensors } from './files/checksum.ts';
import { DamagedError } from './files/damaged.ts';

/** @throws UsageError, SafetensorsError, SchemaError: each names the file */
export function readCheckpoint(file: string): Checkpoint {
  let bytes;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new UsageError(`"${file}" cannot be read; it should hold a checkpoint`);
  }
  try {
    checkSafetensors(bytes);
    return decodeCheckpoint(bytes);
  } catch (error) {
    if (error instanceof DamagedError) throw new SafetensorsError(`${file}: ${error.message}.`);
    if (error instanceof SafetensorsError) throw new SafetensorsError(`${file}: ${error.message}`);
    if (error instanceof SchemaError) throw new SchemaError(`${file}: ${error.message}`);
    throw error;
  }
}
