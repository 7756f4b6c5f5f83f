/** Which kernels an adapter gets, where there are several for one operation. */
import type { Device } from '../gpu/device.ts';
import { LEAST, type Grants } from '../gpu/grants.ts';
import type { AttentionVariant } from './attention.ts';
import { MATMUL_VARIANTS, VARIANTS, type MatmulVariant } from './matmul-variants.ts';
import { canNormalise, workgroupBytes, workgroupThreads } from './matmul.ts';

export interface KernelChoice {
  /** products with at least `HUGE_PRODUCT` multiplications, of all replicas together */
  huge: MatmulVariant;
  /** with at least `SMALL_PRODUCT` */
  large: MatmulVariant;
  /** all smaller products */
  small: MatmulVariant;
  /** products in tiles are unrolled (matmul.ts) */
  unrolled: boolean;
  /** whether products of few outputs and many terms are summed in parts (`isDeep`) */
  splits: boolean;
  attention: AttentionVariant;
  /** whether neighbouring dispatches that need nothing of each other become one (gpu/horizontal-fusion.ts) */
  fuseHorizontally: boolean;
  /** a thread per row where kernels reduce: barriers are dear on adapters that compute on the CPU */
  serial: boolean;
  /** MLPs with up to so many weights · batch train by the persistent kernel, where they can (persistent-mlp.ts); 0: none can */
  persistentUpTo: number;
  /** what the device grants a workgroup: kernels are built for it */
  grants: Grants;
}

const SMALL_PRODUCT = 2 ** 20;
const HUGE_PRODUCT = 2 ** 28;
/**
 * From 1 to 64 replicas alike, all measured sizes up to these train faster by the persistent kernel, on adapters that compute on the CPU and
 * on GPUs (docs/decisions/0012-persistent-mlp.md).
 */
const PERSISTENT_UP_TO = { cpu: 2 ** 14, gpu: 2 ** 20 };

/** What goes with one variant of the products. */
export function choiceOf(variant: MatmulVariant, grants: Grants = LEAST): KernelChoice {
  const products = { huge: variant, large: variant, small: variant };
  const { serial } = VARIANTS[variant];
  if (serial) return { ...products, ...CPU, attention: serial, grants };
  return {
    ...products,
    splits: fits('split', grants),
    unrolled: false,
    attention: 'tiled',
    fuseHorizontally: true,
    serial: false,
    persistentUpTo: PERSISTENT_UP_TO.gpu,
    grants,
  };
}

/** What all adapters that compute on the CPU have in common. */
const CPU = {
  splits: false,
  unrolled: false,
  fuseHorizontally: true,
  serial: true,
  persistentUpTo: PERSISTENT_UP_TO.cpu,
} as const;

/** Rows, columns and terms of a product, and how often it is done side by side. */
export interface ProductSize {
  m: number;
  n: number;
  k: number;
  replicas: number;
}

/**
 * The variant for a product. Splitting the sums changes bits, so shapes alone decide about it, neither a measurement nor
 * the replicas. `beside`: the variant of a product that this one shares a dispatch with, if their workgroups are alike.
 */
export function variantFor(kernels: KernelChoice, size: ProductSize, beside?: MatmulVariant): MatmulVariant {
  const { m, n, k, replicas } = size;
  const joins = beside === 'split' && m * n <= MOST_BESIDE;
  if (kernels.splits && (joins || isDeep(size))) return 'split';
  const multiplications = m * n * k * replicas;
  if (multiplications < SMALL_PRODUCT) return kernels.small;
  return multiplications < HUGE_PRODUCT ? kernels.large : kernels.huge;
}

/** Few outputs of many terms: tiles alone would leave a GPU idle. */
const isDeep = ({ m, n, k }: ProductSize): boolean => k >= 256 && m * n <= 2 ** 18;
/** Outputs up to which a product is better off beside a split one than in tiles of its own. */
const MOST_BESIDE = 2 ** 20;

/** Narrow tiles would normalise the same rows more often: what is measured without, is slower with it. */
export function normalisingVariant(variant: MatmulVariant): MatmulVariant {
  const isNarrow = VARIANTS[variant].tile.n < VARIANTS.tiled.tile.n;
  return canNormalise(variant) && isNarrow ? 'tiled' : variant;
}

/** Whether a device has what a variant of the products needs. */
export function runsOn(device: Device, variant: MatmulVariant): boolean {
  const { cpu = false, needs } = VARIANTS[variant];
  if (device.cpu) return cpu;
  return fits(variant, device.grants) && (needs?.(device) ?? true);
}

/** Whether a workgroup of a variant of the products is within what is granted. */
export const fits = (variant: MatmulVariant, grants: Grants): boolean =>
  workgroupBytes(variant) <= grants.workgroupStorage && workgroupThreads(variant) <= grants.threads;

/** What an adapter gets before anything is measured (docs/decisions/0006-products.md). */
export function usualChoice(device: Device): KernelChoice {
  const { grants } = device;
  if (device.cpu) return { ...choiceOf('register', grants), fuseHorizontally: false, persistentUpTo: 0 };
  if (!device.isSoftware) return { ...choiceOf('tiled', grants), unrolled: true };
  const serial = MATMUL_VARIANTS.find((variant) => VARIANTS[variant].serial && runsOn(device, variant));
  return choiceOf(serial ?? 'register', grants);
}

const chosen = new WeakMap<Device, KernelChoice>();

/** The kernels of a device: what was measured to be fastest (training/measuring/tuning.ts), or the usual. */
export function kernelChoice(device: Device): KernelChoice {
  return chosen.get(device) ?? usualChoice(device);
}

/** All programs that are built on the device from now on take these kernels. */
export function useKernels(device: Device, choice: KernelChoice): void {
  chosen.set(device, choice);
}
