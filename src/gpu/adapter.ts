/** Adapters: what a browser offers to compute on, before a device is made of it. */
import { grantsOf, sufficient } from './grants.ts';

/** `compatibility` is WebGPU on older graphics: fewer threads of a workgroup, and all else that the engine needs. */
export type FeatureLevel = 'core' | 'compatibility';
export const FEATURE_LEVELS = ['core', 'compatibility'] as const;

export interface Adapter {
  featureLevel: FeatureLevel;
  handle: GPUAdapter;
}

/** The adapter of a level, if there is one that kernels can be built for. */
export async function findAdapter(gpu: GPU, featureLevel: FeatureLevel): Promise<Adapter | undefined> {
  const handle = await gpu.requestAdapter({ powerPreference: 'high-performance', featureLevel });
  return handle && sufficient(grantsOf(handle.limits)) ? { featureLevel, handle } : undefined;
}

/** A name for people: `nvidia-h200`, `llvmpipe (LLVM 15)`, … */
export function nameOf({ description, device, architecture, vendor }: GPUAdapterInfo): string {
  // Some drivers describe their own version and nothing else.
  const told = /: [\d. ]+$/.test(description) ? '' : description;
  return told || device || [vendor, architecture].filter(Boolean).join(' ') || 'GPU';
}

/** Whether the name of an adapter, or of its driver, is that of one which computes on the CPU. */
export const isSoftwareName = (name: string): boolean =>
  /llvmpipe|lavapipe|softpipe|swiftshader|microsoft basic render/i.test(name);

/** Whether an adapter computes on the CPU. */
export const isSoftware = (info: GPUAdapterInfo): boolean =>
  info.isFallbackAdapter || isSoftwareName(`${info.description} ${info.architecture} ${info.device}`);
