/** The results of a sweep as a table: only the sandbox asks for it, and loads it then. */
import * as v from 'valibot';
import { isObject, list, parse, record, SchemaError } from '../schema.ts';
import { sweepTable, toCSV } from '../training/spec/sweep-table.ts';
import { expandSweep, keyOf, parseSweep } from '../training/spec/sweep.ts';
import type { RunResult } from './protocol.ts';

/** What a table reads of a result; metrics that are no number are none. */
const metrics = record(v.string(), v.union([v.number(), v.nan()]), 1000, 'must be numbers by name');
const sets = record(
  v.string(),
  list(metrics, 1024, 'must be a record for each replica'),
  100,
  'must be sets',
);
const Tabled = v.looseObject(
  {
    spec: v.looseObject({ replicas: v.number() }, 'must be a spec'),
    parameters: v.number('must be a number'),
    step: v.number('must be a number'),
    outcome: v.string('must be an outcome'),
    evaluations: list(v.looseObject({ sets }), 100_000, 'must be a list of evaluations'),
  },
  'must be the result of a run',
);

/** The results of a sweep as the command line's table. @param results by the keys of `planSweep` */
export function tableOfSweep(input: Record<string, unknown>, results: Record<string, RunResult>): string {
  const planned = expandSweep(parseSweep(input));
  if (!isObject(results)) throw SchemaError.at('results', 'must be results by the keys of runs');
  const byId = planned.flatMap((run): [string, RunResult][] => {
    const key = keyOf(run.values);
    const result = Object.hasOwn(results, key) ? results[key] : undefined;
    if (result === undefined) return [];
    const { replicas } = parse(Tabled, result, 'results').spec;
    if (replicas !== run.spec.replicas) throw SchemaError.at('results', 'are of a run with other replicas');
    return [[run.id, result]];
  });
  return toCSV(sweepTable(planned, new Map(byId)));
}
