/** What a run is known by: one id for one spec, however it was spelled, and the ids that it had before. */
import { pcg } from '../../random.ts';
import type { RunSpec } from './spec.ts';

export { describeDifferences, differences } from './differences.ts';

/** A run by its id and by those that earlier versions gave it. */
export interface Identified {
  /** the same for the same spec, wherever it is planned */
  id: string;
  /** under which older results may lie; none where there is only one way to spell the run */
  formerIds?: readonly string[];
}

/** @param spec as `parseSpec` gives it: complete, its keys in the order of the schema */
export function identityOf(spec: RunSpec): Required<Identified> {
  const id = digest(JSON.stringify(askedFor(spec)));
  // Former ids: when a spec left out the model, its default was written last, and ids depended on that order.
  const { model, ...others } = spec;
  const former = [spec, { ...others, model }].flatMap((spelling) => {
    const text = JSON.stringify(askedFor(spelling));
    return [digest(text), digest(withoutSecondHalves(text))];
  });
  return { id, formerIds: [...new Set(former)].filter((other) => other !== id) };
}

/** The id first, then the former ones: the order in which to look for what is kept of a run. */
export function idsOf({ id, formerIds = [] }: Identified): string[] {
  return [id, ...formerIds];
}

/** What a run is includes the run with whose weights it begins. */
export function begunWith(run: Identified, parent: Identified): Required<Identified> {
  const [id, ...formerIds] = idsOf(run).flatMap((own) => idsOf(parent).map((from) => `${own} from ${from}`));
  return { id: id!, formerIds };
}

/** Options that came after the first results were kept are left out where nobody asks for them. */
function askedFor({ trainingFractions, loss, seeding, labels, ...spec }: RunSpec): Partial<RunSpec> {
  return {
    ...spec,
    ...(trainingFractions.length && { trainingFractions }),
    ...(loss !== 'cross-entropy' && { loss }),
    ...(seeding !== 'consecutive' && { seeding }),
    ...(labels !== 'given' && { labels }),
  };
}

/** 16 hexadecimal digits: two hashes of the text's UTF-16 units, as `hash` of src/random.ts has them. */
export function digest(text: string): string {
  return [0, 1]
    .map((salt) => {
      let word = pcg(salt);
      for (let i = 0; i < text.length; i++) word = pcg((word ^ text.charCodeAt(i)) >>> 0);
      return word.toString(16).padStart(8, '0');
    })
    .join('');
}

/** Characters outside the basic plane, such as emoji, were once hashed by the first of their two units alone. */
function withoutSecondHalves(text: string): string {
  return text.replace(/(?<=[\ud800-\udbff])[\udc00-\udfff]/g, '');
}
