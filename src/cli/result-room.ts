/** Whether this machine's memory holds what runs leave behind: refused before training, not lost after it. */
import { totalmem } from 'node:os';
import { SchemaError } from '../schema.ts';
import { flopsOf } from '../training/spec/flops.ts';
import type { RunSpec } from '../training/spec/spec.ts';
import { quantity } from './format.ts';

/** While a list of losses grows the old one is there, too. */
const BYTES_PER_LOSS = 8;
/** An evaluation of one replica: a few numbers by name, in two sets or three. */
const BYTES_PER_RECORD = 400;
/** Of the machine's memory, for results. */
const SHARE = 0.5;

/** @throws SchemaError that says how much the result would take and what is there */
export function checkResultRoom(spec: RunSpec, memory = machineMemory()): void {
  const losses = spec.steps * spec.replicas * BYTES_PER_LOSS;
  const records = evaluations(spec) * spec.replicas * BYTES_PER_RECORD;
  const most = SHARE * memory;
  if (losses + records <= most) return;
  const keys = losses > records ? 'steps, replicas' : 'evaluate.every, steps, replicas';
  throw SchemaError.at(
    keys,
    `the losses of ${spec.replicas} replicas and ${spec.steps} steps and their evaluations would take ${quantity(losses + records, 'B')} of memory; results may have ${quantity(most, 'B')} of this machine's`,
  );
}

/** Of a container, where it has less than its machine. */
function machineMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** About how often a run is evaluated. */
function evaluations(spec: RunSpec): number {
  const { spacing, every } = spec.evaluate;
  switch (spacing) {
    case 'step':
      return spec.steps / Math.max(1, every);
    case 'log-step':
      return Math.log(spec.steps + 1) / Math.log(every);
    case 'flops':
      return Math.min(spec.steps, flopsOf(spec) / every);
  }
}
