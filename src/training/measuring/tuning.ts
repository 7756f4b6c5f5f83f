/**
 * Which variant of the product is the fastest on an adapter: a measurement of less than two seconds, kept for the next
 * time. All variants give the same bits, so that the choice never changes a result (docs/decisions/0006-products.md).
 */
import type { Device } from '../../gpu/device.ts';
import { wgsl } from '../../gpu/kernel.ts';
import { virtualTensor } from '../../gpu/tensor.ts';
import { runsOn, usualChoice, useKernels, type KernelChoice } from '../../kernels/choice.ts';
import { VARIANTS } from '../../kernels/matmul-variants.ts';
import { matmul, MATMUL_VARIANTS, type MatmulVariant } from '../../kernels/matmul.ts';
import { hash } from '../../random.ts';
import { KernelAlone, normals, type matrices } from './kernel-alone.ts';

/** The fastest variant of products by their size. */
export type Tuning = Pick<KernelChoice, 'huge' | 'large' | 'small'>;

/** Where tunings are kept, by adapter, driver and the kernels' text. */
export interface TuningStore {
  load(key: string): Promise<unknown>;
  save(key: string, tuning: Tuning): Promise<void>;
}

/** Rows and columns of the products that stand for their class. */
const SIZES = { huge: 2048, large: 512, small: 96 } as const;
/** Huge products are measured where a large one takes no longer: elsewhere they take what large ones take. */
const FAST_MS = 0.15;
/** Nothing new is begun after this long. */
const BUDGET_MS = 1500;
/** As many products share a submit as take about this long. */
const LONG_ENOUGH_MS = 4;
const MOST_TIMES = 256;
const ROUNDS = 5;
/** Values of a factor before they come again. */
const PERIOD = 65521;

/**
 * Gives the device the kernels that were measured to be fastest on such an adapter, measuring if nobody has yet.
 * A store that fails costs a measurement, no more.
 */
export async function tune(device: Device, store: TuningStore): Promise<Tuning> {
  const key = tuningKey(device);
  const known = await store.load(key).catch(() => undefined);
  const candidates = candidatesOf(device);
  const tuning = isTuning(known, candidates) ? known : await measureTuning(device);
  if (tuning !== known) await store.save(key, tuning).catch(() => undefined);
  useKernels(device, { ...usualChoice(device), ...tuning });
  return tuning;
}

/** Times the candidates. One that there is no time for is not chosen; the usual one comes first. */
export async function measureTuning(device: Device, budgetMs = BUDGET_MS): Promise<Tuning> {
  const deadline = performance.now() + budgetMs;
  const candidates = candidatesOf(device);
  const small = await fastest(device, SIZES.small, candidates.small, deadline);
  const large = await fastest(device, SIZES.large, candidates.large, deadline);
  const huge =
    large.ms < FAST_MS ? await fastest(device, SIZES.huge, candidates.huge, deadline, large.variant) : large;
  return { huge: huge.variant, large: large.variant, small: small.variant };
}

/** What the choice depends on: adapter and driver, as far as they are told, and the kernels' own text. */
export function tuningKey({ info }: Device): string {
  const square = (label: string) => virtualTensor(label, [SIZES.large, SIZES.large], 1);
  const [a, b, y] = [square('a'), square('b'), square('y')];
  const texts = MEASURED.map((variant) => wgsl(matmul({ a, b, y, variant }).kernel));
  const kernels = Array.from(texts.join('')).reduce((sum, letter) => hash(sum, letter.charCodeAt(0)), 0);
  const { vendor, architecture, device, description } = info;
  return [vendor, architecture, device, description, kernels.toString(16)].join('|');
}

/** What is measured on some adapter, and for whose text a tuning holds. */
const MEASURED = MATMUL_VARIANTS.filter((variant) => VARIANTS[variant].serial ?? VARIANTS[variant].tunedFor);

/** Variants that a device may take, the usual one first. */
function candidatesOf(device: Device): Record<keyof Tuning, readonly MatmulVariant[]> {
  const usual = usualChoice(device);
  // Adapters that compute on the CPU are not timed for small products: the default was the fastest at all sizes tried.
  if (usual.serial) {
    const large: MatmulVariant[] = usual.large === 'subgroup' ? ['subgroup', 'register'] : [usual.large];
    return { huge: large, large, small: [usual.small] };
  }
  const running = (size: keyof Tuning): MatmulVariant[] => {
    const others = MATMUL_VARIANTS.filter(
      (variant) => VARIANTS[variant].tunedFor?.includes(size) && variant !== usual[size],
    );
    return [usual[size], ...others.filter((variant) => runsOn(device, variant))];
  };
  return { huge: running('huge'), large: running('large'), small: running('small') };
}

async function fastest(
  device: Device,
  n: number,
  variants: readonly MatmulVariant[],
  deadline: number,
  usual = variants[0]!,
): Promise<{ variant: MatmulVariant; ms: number }> {
  if (variants.length === 1 || performance.now() > deadline) return { variant: usual, ms: Infinity };
  const factors = [3, 4].map((seed) => repeated(normals(PERIOD, seed), n * n)) as ReturnType<typeof matrices>;
  // Compiled side by side: that takes longer than all else.
  const timed = await Promise.all(
    variants.map(async (variant) => {
      const product = await KernelAlone.product(device, n, factors, variant);
      return { variant, product, times: 1, ms: Infinity };
    }),
  );
  try {
    for (const each of timed) {
      if (performance.now() > deadline) break;
      await each.product.run(1);
      const once = await clock(() => each.product.run(1));
      each.times = Math.max(1, Math.min(MOST_TIMES, Math.ceil(LONG_ENOUGH_MS / once)));
    }
    // In turns, so that a busy moment slows all of them.
    for (let round = 0; round < ROUNDS && performance.now() < deadline; round++) {
      for (const each of timed) {
        const ms = await clock(() => each.product.run(each.times));
        each.ms = Math.min(each.ms, ms / each.times);
      }
    }
    const nothing = { variant: usual, ms: Infinity };
    return timed.reduce<{ variant: MatmulVariant; ms: number }>((a, b) => (b.ms < a.ms ? b : a), nothing);
  } finally {
    for (const { product } of timed) product.destroy();
  }
}

/** The values again and again: random numbers for all would take longer than the products. */
function repeated(values: Float32Array, length: number): Float32Array<ArrayBuffer> {
  const all = new Float32Array(length);
  for (let at = 0; at < length; at += values.length) all.set(values.subarray(0, length - at), at);
  return all;
}

async function clock(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function isTuning(value: unknown, candidates: ReturnType<typeof candidatesOf>): value is Tuning {
  if (typeof value !== 'object' || value === null) return false;
  const known = value as Partial<Tuning>;
  return (['huge', 'large', 'small'] as const).every((size) =>
    candidates[size].some((one) => one === known[size]),
  );
}
