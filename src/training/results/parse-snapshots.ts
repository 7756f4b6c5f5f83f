/** Snapshots as a file or a database has them: each must be of this run's model before a picture is made of it. */
import { decodeFloats } from '../../floats.ts';
import { SchemaError } from '../../schema.ts';
import { type RunSpec, taskOf } from '../spec/spec.ts';
import { MOST_ANSWERS, type Snapshot, type Watched } from './snapshot.ts';
import { rowsOf } from './weights.ts';

/** @throws SchemaError */
export function checkedSnapshots(list: unknown, spec: RunSpec): Snapshot[] {
  if (!Array.isArray(list)) throw SchemaError.at('snapshots', 'must be a list');
  const shapes = new Map(rowsOf(spec).slots.map(({ name, shape }) => [name, shape]));
  let before = -1;
  return list.map((item: unknown, i) => {
    const { step, weights, answers } = (item ?? {}) as Partial<Record<keyof Snapshot, unknown>>;
    if (!(Number.isInteger(step) && (step as number) > before && (step as number) <= spec.steps)) {
      throw new SchemaError(
        `snapshots.${i}.step: must be an integer up to ${spec.steps}, the steps in order`,
      );
    }
    before = step as number;
    const entries = typeof weights === 'object' && weights !== null ? Object.entries(weights) : [];
    for (const [name, watched] of entries) {
      if (!isOf(shapes.get(name), watched)) {
        throw SchemaError.at(`snapshots.${i}.weights`, "must be parameters of the run's model, whole");
      }
    }
    if (answers !== undefined && !areAnswers(answers, spec)) {
      throw SchemaError.at(`snapshots.${i}.answers`, 'must be lists of class ids for every replica');
    }
    return {
      step: before,
      weights: Object.fromEntries(entries),
      ...(answers !== undefined && { answers: answers as number[][][] }),
    };
  });
}

function areAnswers(answers: unknown, spec: RunSpec): boolean {
  const { targets } = taskOf(spec).shape;
  const { classes, perRow } = targets.kind === 'classes' ? targets : { classes: 0, perRow: 0 };
  const isRow = (row: unknown): boolean =>
    Array.isArray(row) &&
    row.length <= perRow &&
    row.every((id: unknown) => Number.isInteger(id) && (id as number) >= 0 && (id as number) < classes);
  return (
    Array.isArray(answers) &&
    answers.length === spec.replicas &&
    answers.every((rows: unknown) => Array.isArray(rows) && rows.length <= MOST_ANSWERS && rows.every(isRow))
  );
}

function isOf(shape: readonly number[] | undefined, watched: unknown): boolean {
  const { shape: own, values } = (watched ?? {}) as Partial<Record<keyof Watched, unknown>>;
  if (!shape || !Array.isArray(own) || own.length !== shape.length || typeof values !== 'string')
    return false;
  if (!shape.every((length, i) => own[i] === length)) return false;
  try {
    return decodeFloats(values).length === shape.reduce((product, n) => product * n, 1);
  } catch {
    return false; // no base64
  }
}
