/** What a run is known by: one id for one spec, however it was spelled, and the ids that it had before. */
import { pcg } from '../random.ts';
import type { RunSpec } from './spec.ts';

/** A run by its id and by those that earlier versions gave it. */
export interface Identified {
  /** the same for the same spec, wherever it is planned */
  id: string;
  /** under which results of before may lie; none where there is only one way to spell the run */
  formerIds?: readonly string[];
}

/** @param spec as `parseSpec` gives it: complete, its keys in the order of the schema */
export function identityOf(spec: RunSpec): Required<Identified> {
  const id = digest(JSON.stringify(askedFor(spec)));
  // Until ids were the same for all spellings, the model came last where nobody had asked for one.
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
function askedFor({ trainingFractions, ...spec }: RunSpec): Partial<RunSpec> {
  return trainingFractions.length ? { ...spec, trainingFractions } : spec;
}

/** 16 hexadecimal digits: two hashes of the text's UTF-16 units, as `hash` of src/random.ts has them. */
function digest(text: string): string {
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

/** A place at which two specs differ. */
export interface Difference {
  /** such as `model.hidden` */
  path: string;
  given: unknown;
  wanted: unknown;
}

/** Where two complete specs, or parts of them, differ; the order of their keys does not matter. */
export function differences(given: unknown, wanted: unknown, path = ''): Difference[] {
  if (isObject(given) && isObject(wanted)) {
    const keys = new Set([...Object.keys(wanted), ...Object.keys(given)]);
    return [...keys].flatMap((key) =>
      differences(own(given, key), own(wanted, key), path ? `${path}.${key}` : key),
    );
  }
  return JSON.stringify(given) === JSON.stringify(wanted) ? [] : [{ path, given, wanted }];
}

/** `model.hidden is [64], not [32]; seed is 2, not 1`: the first few, shortened. */
export function describeDifferences(all: readonly Difference[]): string {
  const some = all
    .slice(0, 3)
    .map(
      ({ path, given, wanted }) =>
        `${path} is ${given === undefined ? 'missing' : shown(given)}, not ${wanted === undefined ? 'none' : shown(wanted)}`,
    )
    .join('; ');
  return all.length > 3 ? `${some}; and ${all.length - 3} more` : some;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
