/** Why there is no graphics processor to train on: from what is known to one case, which has its words in each language. */
import type { DeviceKind, Wanted } from './choice.ts';
import type { Facts } from './facts.ts';

/** What became of a device that was tried. */
export interface Tried {
  kind: DeviceKind;
  /**
   * `none`: the browser offers no such adapter; `weak`: it grants too little; `refused`: it gave no device; `lost`: it was
   * lost again and again; `slower`: another was measured to be faster; `chosen`: this one trains
   */
  outcome: 'none' | 'weak' | 'refused' | 'lost' | 'slower' | 'chosen';
  /** computes on the CPU */
  software?: boolean;
  /** as measured; only of devices that compute on the CPU */
  gflops?: number;
  /** what the browser said */
  message?: string;
}

export const CASES = [
  'wanted',
  'insecure',
  'policy',
  'ios',
  'safari',
  'firefox-android',
  'firefox-linux',
  'linux',
  'outdated',
  'no-webgpu',
  'software',
  'weak',
  'refused',
  'lost',
  'no-adapter',
] as const;
export type Case = (typeof CASES)[number];

/** The first versions that have WebGPU, where it is not another case of its own. */
const FIRST = { chromium: 113, firefox: 141, safari: 26, other: Infinity };

/** Nothing where graphics in hardware train. */
export function caseOf(facts: Facts, tried: readonly Tried[], wanted: Wanted = 'auto'): Case | undefined {
  const chosen = tried.find(({ outcome }) => outcome === 'chosen');
  if (chosen && chosen.kind !== 'cpu' && !chosen.software) return undefined;
  if (wanted === 'cpu' && chosen?.kind === 'cpu') return 'wanted';
  const { browser, system, version, secure, allowed, webgpu } = facts;
  // Without a secure context WebGPU is not even there.
  if (!secure) return 'insecure';
  if (!allowed) return 'policy';
  if (!webgpu && system === 'ios') return 'ios';
  if (!webgpu && browser === 'safari') return 'safari';
  if (browser === 'firefox' && system === 'android') return 'firefox-android';
  if (!webgpu && browser === 'firefox' && system === 'linux') return 'firefox-linux';
  if (!webgpu && version > 0 && version < FIRST[browser]) return 'outdated';
  const gpus = tried.filter(({ kind }) => kind !== 'cpu');
  const was = (outcome: Tried['outcome']): boolean => gpus.some((each) => each.outcome === outcome);
  if (was('lost')) return 'lost';
  if (was('refused')) return 'refused';
  if (was('weak')) return 'weak';
  // Chromium offers a stand-in where its switch is on already.
  if (gpus.some(({ software }) => software)) return 'software';
  if (browser === 'chromium' && system === 'linux') return 'linux';
  return webgpu ? 'no-adapter' : 'no-webgpu';
}
