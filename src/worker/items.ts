/** What an experiment is made of, as it comes from a page; its specs are checked as all specs are. */
import * as v from 'valibot';
import { integer, options } from '../option-schema.ts';
import { list, parse, record } from '../schema.ts';
import { MOST_ANSWERS } from '../training/results/snapshot.ts';
import type { ExperimentItem } from './protocol.ts';

const key = v.pipe(v.string('must be a text'), v.maxLength(2000, 'must have at most 2000 characters'));
const inner = record(v.string(), v.unknown(), 200, 'must be an object');
const watch = v.union(
  [
    v.literal('all'),
    list(key, 1000, 'must be a list of at most 1000 names'),
    options({ answers: integer(1, 1, MOST_ANSWERS, 'Rows of the validation set.') }),
  ],
  'must be "all", the names of parameters, or a number of answers',
);
const Items = list(
  v.union(
    [
      options({
        key,
        spec: inner,
        from: v.optional(key),
        watch: v.optional(watch),
        beside: v.optional(v.boolean('must be true or false')),
      }),
      options({ key, benchmark: inner }),
    ],
    'must be a run or a benchmark with a key',
  ),
  10_000,
  'must be a list of at most 10000 items',
);

/** @throws SchemaError that names the item */
export function checkedItems(given: readonly ExperimentItem[]): readonly ExperimentItem[] {
  return parse(Items, given, 'items') as ExperimentItem[];
}
