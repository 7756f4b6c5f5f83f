/** A figure keeps nothing: a run is known by its spec, and nothing of before is found. */
import type * as Full from '../../../src/training/spec/identity.ts';

export { describeDifferences, type Difference, differences } from '../../../src/training/spec/differences.ts';

const known = (id: string): Required<Full.Identified> => ({ id, formerIds: [] });

export const identityOf: typeof Full.identityOf = (spec) => known(JSON.stringify(spec));
export const idsOf: typeof Full.idsOf = ({ id }) => [id];
export const begunWith: typeof Full.begunWith = (run, parent) => known(`${run.id} from ${parent.id}`);
