/** Loads what runs without a GPU: only a device that needs it does. Figures have another way (embedded.ts). */
import type { CpuHandle } from './handle.ts';

export async function loadCpu(): Promise<new () => CpuHandle> {
  return (await import('./handle.ts')).CpuHandle;
}
