/** Which kernels an adapter gets, where there are several for one operation. */
import type { Device } from '../gpu/device.ts';
import type { AttentionVariant } from './attention.ts';
import { SUBGROUP_SIZE, type MatmulVariant } from './matmul.ts';

export interface KernelChoice {
  /** products with at least `SMALL_PRODUCT` multiplications, of all replicas together */
  large: MatmulVariant;
  /** all smaller products */
  small: MatmulVariant;
  attention: AttentionVariant;
  /** a thread per row where kernels reduce: barriers are dear on adapters that compute on the CPU */
  serial: boolean;
  /** MLPs with up to so many weights · batch train whole in one workgroup, where they can; 0: none (mlp-steps.ts) */
  wholeUpTo: number;
}

export const SMALL_PRODUCT = 2 ** 20;
/** From 1 to 64 replicas alike, all measured sizes up to this one train faster whole (docs/decisions/0012-whole-mlp.md). */
export const WHOLE_UP_TO = 2 ** 14;

/** What goes with one variant of the products. */
export function choiceOf(variant: MatmulVariant): KernelChoice {
  // Small products are left to the variant that compiles fast: their speed does not show.
  if (variant === 'subgroup')
    return { large: variant, small: 'register', attention: variant, serial: true, wholeUpTo: WHOLE_UP_TO };
  const serial = variant === 'register';
  return { large: variant, small: variant, attention: 'tiled', serial, wholeUpTo: serial ? WHOLE_UP_TO : 0 };
}

/** What an adapter gets before anything is measured (docs/decisions/0006-products.md). */
export function usualChoice(device: Device): KernelChoice {
  if (!device.isSoftware) return choiceOf('tiled');
  return choiceOf(device.subgroupSize === SUBGROUP_SIZE ? 'subgroup' : 'register');
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
