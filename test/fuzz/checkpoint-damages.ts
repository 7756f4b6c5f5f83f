/** Checkpoint files for the fuzzer: written anew in other ways, or damaged in a way that has a name. */
import type { Random } from '../../src/random.ts';
import { STATE, STATE_WORDS } from '../../src/kernels/state.ts';
import type { Checkpoint } from '../../src/training/results/checkpoint.ts';
import { batchSeed } from '../../src/training/trainer/initial.ts';
import { pick } from './values.ts';

type Json = Record<string, unknown>;

/** A file in pieces: the header's entries in their order, in which a key may stand twice, and the data. */
interface Pieces {
  entries: [name: string, entry: unknown][];
  data: Uint8Array;
}

export function takenApart(file: Uint8Array): Pieces {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))) as Json;
  return { entries: Object.entries(header), data: file.slice(8 + length) };
}

/** JSON written by hand, so that a key may stand twice. */
function joined({ entries, data }: Pieces, padding = 0): Uint8Array<ArrayBuffer> {
  const fields = entries.map(([name, entry]) => `${JSON.stringify(name)}: ${JSON.stringify(entry)}`);
  return withHeader(`{${fields.join(', ')}}${' '.repeat(padding)}`, data);
}

function withHeader(header: string, data: Uint8Array, claimed?: number): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + json.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(claimed ?? json.length), true);
  file.set(json, 8);
  file.set(data, 8 + json.length);
  return file;
}

interface Entry {
  dtype: unknown;
  shape: unknown;
  data_offsets: unknown;
}

type Damage = (pieces: Pieces, random: Random, checkpoint: Checkpoint) => Uint8Array<ArrayBuffer> | undefined;

const metadataOf = ({ entries }: Pieces): Json =>
  entries.find(([name]) => name === '__metadata__')![1] as Json;

/** One of the tensors with numbers in it; none has no elements. */
const tensorIn = (
  pieces: Pieces,
  random: Random,
  part?: RegExp,
): [string, Entry & { data_offsets: [number, number]; shape: number[] }] =>
  pick(
    random,
    pieces.entries.filter(([name]) => name !== '__metadata__' && (part?.test(name) ?? true)),
  ) as never;

const changed =
  (
    change: (
      entry: Entry & { data_offsets: [number, number]; shape: number[] },
      random: Random,
    ) => Partial<Entry>,
  ): Damage =>
  (pieces, random) => {
    const found = tensorIn(pieces, random);
    Object.assign(found[1], change(found[1], random));
    return joined(pieces);
  };

const metadata =
  (change: (metadata: Json, checkpoint: Checkpoint, random: Random) => void): Damage =>
  (pieces, random, checkpoint) => {
    change(metadataOf(pieces), checkpoint, random);
    return joined(pieces);
  };

const specChanged = (change: (spec: Json, checkpoint: Checkpoint, random: Random) => void): Damage =>
  metadata((own, checkpoint, random) => {
    const spec = JSON.parse(own.spec as string) as Json;
    change(spec, checkpoint, random);
    own.spec = JSON.stringify(spec);
  });

/** A number put in place of one of a tensor's, which is told by its name. */
const number =
  (part: RegExp, values: readonly number[]): Damage =>
  (pieces, random) => {
    if (!pieces.entries.some(([name]) => part.test(name))) return undefined;
    const [, { data_offsets: [start, end] }] = tensorIn(pieces, random, part); // prettier-ignore
    const at = start + 4 * random.integer((end - start) / 4);
    new DataView(pieces.data.buffer).setFloat32(at, pick(random, values), true);
    return joined(pieces);
  };

/** A word of the state of one replica. */
const word =
  (name: keyof typeof STATE, value: (checkpoint: Checkpoint) => number): Damage =>
  (pieces, random, checkpoint) => {
    const [, { data_offsets: [start] }] = tensorIn(pieces, random, /^state$/); // prettier-ignore
    const row = random.integer(checkpoint.spec.replicas) * STATE_WORDS;
    new DataView(pieces.data.buffer).setUint32(start + 4 * (row + STATE[name]), value(checkpoint), true);
    return joined(pieces);
  };

const header =
  (write: (text: string, random: Random) => string): Damage =>
  (pieces, random) =>
    withHeader(
      write(new TextDecoder().decode(joined({ ...pieces, data: new Uint8Array() }).subarray(8)), random),
      pieces.data,
    );

const deep = (value: unknown): unknown => Array.from({ length: 2000 }).reduce((inner) => [inner], value);

/** What can be wrong with a file; whatever is, it must be refused. */
export const DAMAGES: Record<string, Damage> = {
  'an entry that is no object': (pieces, random) => {
    tensorIn(pieces, random);
    const at = pieces.entries.findIndex(([name]) => name !== '__metadata__');
    pieces.entries[at]![1] = pick(random, [null, 5, [], 'F32', true, deep(1)]);
    return joined(pieces);
  },
  'offsets that are none': changed((_, random) => ({
    data_offsets: pick(random, [null, 5, {}, 'x', [], [0], [0, 4, 8], ['0', '4'], [0.5, 4.5], [-4, 0], [0, 1e300], [[0], [4]]]),
  })),
  'offsets turned round': changed(({ data_offsets: [start, end] }) => ({ data_offsets: [end, start] })),
  'a shape that is none': changed((_, random) => ({
    shape: pick(random, [null, 5, {}, { length: 2 }, 'x', ['2', 3], [1e200, 1e200], [null], [0.5, 2], deep(1)]),
  })),
  'a negative shape': changed(({ shape }) => ({ shape: shape.map((n) => -n) })),
  'another shape': (pieces, random) => {
    const found = tensorIn(pieces, random)[1];
    const { shape } = found;
    const size = shape.reduce((product, n) => product * n, 1);
    found.shape = pick(random, [[...shape, 1], [1, ...shape], shape.slice(1), [2, size / 2], [size]]);
    return found.shape.join() === shape.join() ? undefined : joined(pieces);
  },
  'a transposed matrix': (pieces, random) => {
    const found = tensorIn(pieces, random, /weight$/)[1];
    const turned = found.shape.toReversed();
    if (turned.join() === found.shape.join()) return undefined;
    found.shape = turned;
    return joined(pieces);
  },
  'another type': changed((_, random) => ({
    dtype: pick(random, ['F16', 'BF16', 'F64', 'I8', 'U32', 'f32', '', null, 5, [], {}, 'x'.repeat(10_000), deep('F32')]),
  })),
  'I32 for F32 or the other way': changed(({ dtype }) => ({ dtype: dtype === 'F32' ? 'I32' : 'F32' })),
  'two tensors at the same bytes': (pieces) => {
    const [a, b] = pieces.entries.filter(([name]) => /optimizer\..*\.weight$|^.*\.weight$/.test(name)) as [string, Entry & { data_offsets: [number, number]; shape: number[] }][];
    b![1].data_offsets = [a![1].data_offsets[0], a![1].data_offsets[0] + b![1].data_offsets[1] - b![1].data_offsets[0]];
    return joined(pieces);
  },
  'a hole': (pieces, random) => {
    const at = 4 * random.integer(pieces.data.length / 4);
    const gap = 1 + random.integer(16);
    const data = new Uint8Array(pieces.data.length + gap);
    data.set(pieces.data.subarray(0, at));
    data.set(pieces.data.subarray(at), at + gap);
    for (const [name, entry] of pieces.entries) {
      if (name === '__metadata__') continue;
      const own = entry as { data_offsets: [number, number] };
      if (own.data_offsets[0] >= at) own.data_offsets = own.data_offsets.map((n) => n + gap) as [number, number];
      else if (own.data_offsets[1] > at) own.data_offsets[1] += gap;
    }
    return joined({ ...pieces, data });
  },
  'bytes behind the end': (pieces, random) => {
    const data = new Uint8Array(pieces.data.length + 1 + random.integer(100));
    data.set(pieces.data);
    return joined({ ...pieces, data });
  },
  'its end cut off': (pieces, random) => {
    const file = joined(pieces);
    return file.slice(0, random.integer(file.length));
  },
  'a key twice': (pieces, random) => {
    const again = pick(random, pieces.entries);
    pieces.entries.splice(random.integer(pieces.entries.length), 0, structuredClone(again));
    return joined(pieces);
  },
  'a key twice inside': header((text) => text.replace('"dtype":', '"dt\\u0079pe":"I32","dtype":')),
  'a header that is no object': header((text, random) => pick(random, ['', '[]', 'null', '5', '"x"', '{', ' '.repeat(9), `[${text}]`, text.slice(0, -1), `\ufeff${text}`, ` ${text}`, '['.repeat(9000)])),
  'a header with another length': (pieces, random) => {
    const text = new TextDecoder().decode(joined({ ...pieces, data: new Uint8Array() }).subarray(8));
    return withHeader(text, pieces.data, pick(random, [0, 1, text.length - 1, text.length + 8, 2 ** 40, 2 ** 53 - 1]));
  },
  'metadata that is none': (pieces, random) => {
    const own = pieces.entries.find(([name]) => name === '__metadata__')!;
    own[1] = pick(random, [null, 5, [], 'x', { format: 5 }, {}, { ...(own[1] as object), more: null }, { ...(own[1] as object), more: {} }]);
    return joined(pieces);
  },
  'another format': metadata((own, _, random) => (own.format = pick(random, ['', 'pt', 'scaling-lab checkpoint 2', 'x'.repeat(1000)]))),
  'no spec': metadata((own) => delete own.spec),
  'a spec that is none': metadata((own, _, random) => (own.spec = pick(random, ['', '{', 'null', '[]', '5', '{"task":null}', `${'['.repeat(9000)}${']'.repeat(9000)}`]))),
  'a spec of a newer version': specChanged((spec, _, random) => (spec[pick(random, ['future', 'x'.repeat(500), '__proto__x'])] = 1)),
  'a spec with a wrong option': specChanged((spec, _, random) => Object.assign(spec, pick<Json>(random, [{ steps: 0 }, { batch: 'x' }, { model: { kind: 'cnn' } }, { optimizer: [] }, { task: { name: 'toString' } }, { seed: -1 }]))),
  'a spec of a larger model': specChanged((spec) => Object.assign(spec.model as Json, (spec.model as Json).kind === 'mlp' ? { hidden: [1024, 1024, 1024] } : { width: 512 })),
  'a spec of other replicas': specChanged((spec, { spec: own }, random) => (spec.replicas = pick(random, [own.replicas + 1, 1024]))),
  'a tensor renamed': (pieces, random) => {
    const found = tensorIn(pieces, random);
    const entry = pieces.entries.find((each) => each[0] === found[0])!;
    entry[0] = pick(random, [`${entry[0]}.x`, '__proto__', 'constructor', '', 'x'.repeat(10_000)]);
    return joined(pieces);
  },
  'a tensor that no model has': (pieces) => {
    pieces.entries.push(['more', { dtype: 'F32', shape: [0], data_offsets: [pieces.data.length, pieces.data.length] }]);
    return joined(pieces);
  },
  'weights that are not finite': number(/^(?!optimizer\.|state$|__).*/, [NaN, Infinity, -Infinity]),
  'moments that are not finite': number(/^optimizer\.(exp_avg\.|momentum_buffer)/, [NaN, Infinity, -Infinity]),
  'negative second moments': number(/^optimizer\.exp_avg_sq\./, [-1, -1e-30, NaN, -Infinity]),
  'a step behind the end': word('step', ({ spec }) => spec.steps + 1),
  'another step': word('step', ({ step }) => (step === 0 ? 1 : step - 1)),
  'a step of four billion': word('step', () => 4_000_000_000),
  'another step in its metadata': metadata((own, { step, spec }, random) => (own.step = String(pick<unknown>(random, [step === 0 ? 1 : step - 1, spec.steps + 1, '', 'x', '1e1', -1, 0.5, '9'.repeat(50)])))),
  'another seed': word('seed', ({ spec }) => batchSeed(spec.seed + 5000)),
  'a step half done': word('count', () => 3),
  'a halt that is still to come': word('halted', ({ step }) => step + 1),
  'another learning rate': word('peakLearningRate', () => 0x40a00000),
  'another weight decay': word('weightDecay', () => 0x40a00000),
}; // prettier-ignore

/** Ways to write the same checkpoint. */
export function rewritten(file: Uint8Array<ArrayBuffer>, random: Random): Uint8Array<ArrayBuffer> {
  const pieces = takenApart(file);
  if (random.uniform() < 0.5) random.shuffle(pieces.entries);
  if (random.uniform() < 0.3) metadataOf(pieces).note = 'A text of one’s own 😀, "quoted": {"x": [1]}';
  return joined(pieces, random.integer(20));
}

/** Bytes changed at random, which may be seen or not. */
export function scrambled(file: Uint8Array<ArrayBuffer>, random: Random): Uint8Array<ArrayBuffer> {
  const changed = file.slice();
  const end = random.uniform() < 0.7 ? Math.min(file.length, 2000) : file.length;
  for (let i = 1 + random.integer(5); i > 0; i--) changed[random.integer(end)] = random.integer(256);
  return changed;
}
