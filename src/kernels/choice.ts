/** Which kernels an adapter gets, where there are several for one operation. */
import type { Device } from '../gpu/device.ts';
import { LEAST, type Grants } from '../gpu/grants.ts';
import type { AttentionVariant } from './attention.ts';
import { HAS_QUAD, SUBGROUP_SIZE, workgroupBytes, workgroupThreads, type MatmulVariant } from './matmul.ts';

export interface KernelChoice {
  /** products with at least `HUGE_PRODUCT` multiplications, of all replicas together */
  huge: MatmulVariant;
  /** with at least `SMALL_PRODUCT` */
  large: MatmulVariant;
  /** all smaller products */
  small: MatmulVariant;
  /** products in tiles are written out (matmul.ts) */
  writtenOut: boolean;
  /** whether products of few outputs and many terms are summed in parts (`isDeep`) */
  splits: boolean;
  attention: AttentionVariant;
  /** whether neighbouring dispatches that need nothing of each other become one (gpu/side-by-side.ts) */
  sideBySide: boolean;
  /** a thread per row where kernels reduce: barriers are dear on adapters that compute on the CPU */
  serial: boolean;
  /** MLPs with up to so many weights · batch train whole in one workgroup, where they can (mlp-steps.ts); 0: none can */
  wholeUpTo: number;
  /** what the device grants a workgroup: kernels are built for it */
  grants: Grants;
}

export const SMALL_PRODUCT = 2 ** 20;
export const HUGE_PRODUCT = 2 ** 28;
/**
 * From 1 to 64 replicas alike, all measured sizes up to these train faster whole, on adapters that compute on the CPU and
 * on GPUs (docs/decisions/0012-whole-mlp.md).
 */
export const WHOLE_UP_TO = { cpu: 2 ** 14, gpu: 2 ** 20 };

/** What goes with one variant of the products. */
export function choiceOf(variant: MatmulVariant, grants: Grants = LEAST): KernelChoice {
  const products = { huge: variant, large: variant, small: variant };
  if (variant === 'subgroup' || variant === 'quad' || variant === 'register') {
    return { ...products, ...CPU, attention: variant === 'quad' ? 'register' : variant, grants };
  }
  return {
    ...products,
    splits: fits('split', grants),
    writtenOut: false,
    attention: 'tiled',
    sideBySide: true,
    serial: false,
    wholeUpTo: WHOLE_UP_TO.gpu,
    grants,
  };
}

/** What all adapters that compute on the CPU have in common. */
const CPU = {
  splits: false,
  writtenOut: false,
  sideBySide: true,
  serial: true,
  wholeUpTo: WHOLE_UP_TO.cpu,
} as const;

/** Rows, columns and terms of a product, and how often it is done side by side. */
export interface ProductSize {
  m: number;
  n: number;
  k: number;
  replicas: number;
}

/**
 * The variant for a product. What changes bits, splitting the sums, goes by shapes alone, not by what was measured nor by
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
export const normalisingVariant = (variant: MatmulVariant): MatmulVariant =>
  variant.endsWith('x32') ? 'tiled' : variant;

/** Whether a device has what a variant of the products needs. Quads are for the CPU alone: a GPU would idle. */
export function runsOn(device: Device, variant: MatmulVariant): boolean {
  if (device.cpu) return variant === 'naive' || variant === 'register'; // one reference serves both
  if (variant === 'subgroup') return device.subgroupSize === SUBGROUP_SIZE;
  if (variant === 'quad') return HAS_QUAD && device.isSoftware && device.has('subgroups');
  return fits(variant, device.grants);
}

/** Whether a workgroup of a variant of the products is within what is granted. */
export const fits = (variant: MatmulVariant, grants: Grants): boolean =>
  workgroupBytes(variant) <= grants.workgroupStorage && workgroupThreads(variant) <= grants.threads;

/** What an adapter gets before anything is measured (docs/decisions/0006-products.md). */
export function usualChoice(device: Device): KernelChoice {
  const { grants } = device;
  if (device.cpu) return { ...choiceOf('register', grants), sideBySide: false, wholeUpTo: 0 };
  if (!device.isSoftware) return { ...choiceOf('tiled', grants), writtenOut: true };
  return choiceOf(
    (['subgroup', 'quad'] as const).find((variant) => runsOn(device, variant)) ?? 'register',
    grants,
  );
}

const chosen = new WeakMap<Device, KernelChoice>();

/** The kernels of a device: what was measured to be fastest (training/tuning.ts), or the usual. */
export function kernelChoice(device: Device): KernelChoice {
  return chosen.get(device) ?? usualChoice(device);
}

/** All programs that are built on the device from now on take these kernels. */
export function useKernels(device: Device, choice: KernelChoice): void {
  chosen.set(device, choice);
}
