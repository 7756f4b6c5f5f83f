/** Loads what runs without a GPU: only a device that needs it does. Figures have another way (embedded.ts). */
import { loadPart } from '../loading.ts';
import type { CpuHandle } from './handle.ts';

export async function loadCpu(): Promise<new () => CpuHandle> {
  return (await loadPart(import('./handle.ts'))).CpuHandle;
}
