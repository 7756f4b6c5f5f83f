/** What a browser offers to compute on: asked for without the engine, so that the first page can say what it will be. */
import { type Adapter, FEATURE_LEVELS, isSoftware, nameOf } from '../gpu/adapter.ts';
import { grantsOf, sufficient } from '../gpu/grants.ts';
import type { Tried } from './cases.ts';
import type { Offered, Wanted } from './choice.ts';

/**
 * Adapters that kernels can be built for. The compatibility mode is asked for only where the core has none in hardware, or
 * at wish.
 * @param tried receives what became of the others
 */
export async function adaptersOf(gpu: GPU | undefined, wanted: Wanted, tried: Tried[]): Promise<Adapter[]> {
  const found: Adapter[] = [];
  for (const featureLevel of FEATURE_LEVELS) {
    const hasHardware = found.some(({ handle }) => !isSoftware(handle.info));
    if (hasHardware && wanted !== 'compat') break;
    const handle = await gpu
      ?.requestAdapter({ powerPreference: 'high-performance', featureLevel })
      .catch(() => null);
    if (!handle) tried.push({ kind: featureLevel, outcome: 'none' });
    else if (!sufficient(grantsOf(handle.limits))) tried.push({ kind: featureLevel, outcome: 'weak' });
    else found.push({ featureLevel, handle });
  }
  return found;
}

/** A name for people. */
export const nameOfAdapter = ({ handle }: Adapter): string => nameOf(handle.info);

export const offered = ({ featureLevel, handle }: Adapter): Offered => ({
  kind: featureLevel,
  software: isSoftware(handle.info),
});
