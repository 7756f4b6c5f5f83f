/** What there is to say of one algorithm of the matrix product. */
import type { Device } from '../gpu/device.ts';
import type { AttentionVariant } from './attention-serial.ts';

/** Products by their number of multiplications (choice.ts). */
export type ProductClass = 'huge' | 'large' | 'small';

export interface Tile {
  /** outputs per workgroup, as the shaders' headers state */
  m: number;
  n: number;
  /** of tiles in workgroup memory: values of k at a time, the outputs of a thread, shares of k */
  k?: number;
  rows?: 4 | 8;
  columns?: 4 | 8;
  splits?: number;
}

export interface Variant {
  /** name of the kernel behind `matmul_` */
  kernel: string;
  tile: Tile;
  /** WGSL behind what loads, stores and finishes (matmul.ts) */
  parts: readonly string[];
  /** of tiles in workgroup memory: how rows of A are loaded */
  rows?: string;
  /** its threads share what they load of A by broadcasts in a subgroup */
  broadcasts?: boolean;
  /** what it needs of a device beside room for a workgroup */
  needs?: (device: Device) => boolean;
  /** a device without a GPU has it too, by the one reference (src/cpu/matmul.ts) */
  cpu?: boolean;
  /** made for adapters that compute on the CPU: the attention that goes with it */
  serial?: Exclude<AttentionVariant, 'tiled'>;
  /** the classes of products for which GPUs are measured with it (training/measuring/tuning.ts) */
  tunedFor?: readonly ProductClass[];
}
