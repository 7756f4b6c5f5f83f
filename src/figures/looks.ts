/** What a series of a meaning looks like, in charts on the page and in drawings of them. */
import type { Role, Series } from '../findings/findings.ts';

export interface Look {
  /** of a token, without `--lab-` */
  color: string;
  dash?: number[];
  width?: number;
  noisy?: boolean;
}

const LOOKS: Record<Exclude<Role, 'size' | 'kind'>, Look> = {
  train: { color: 'c1', width: 1.5, noisy: true },
  validation: { color: 'c2', dash: [7, 4] },
  measured: { color: 'c3', width: 2.5 },
  fit: { color: 'ink-2', width: 1.5 },
  'held-out': { color: 'c2', width: 2.5 },
  reference: { color: 'ink-3', dash: [3, 4], width: 1.5 },
  control: { color: 'c5', dash: [8, 3, 2, 3] },
};
/** Colours of kinds, which have no order; of sizes, small to large; and of further series of one role. */
const KINDS = ['c1', 'c2', 'c3', 'c5', 'c4', 'c6'];
const SIZES = ['s1', 's2', 's3', 's4', 's5', 's6'];
const MORE = ['c1', 'c3', 'c2', 'c5', 'c4', 'c6'];
const DASHES: Look['dash'][] = [undefined, [7, 4], [2, 4], [10, 3, 2, 3]];
/** Lines of so few points get markers. */
export const FEW = 16;

/** Second and further series of one meaning keep it apart by colour and dash, if they have names. */
export function lookOf({ name, role, rank }: Series, nth: number): Look {
  if (role === 'size') {
    const [index, of] = rank ?? [nth, SIZES.length];
    return { color: SIZES[Math.round((index * (SIZES.length - 1)) / Math.max(1, of - 1))] ?? 's6', width: 2 };
  }
  if (role === 'kind') {
    const [index] = rank ?? [nth];
    const dash = DASHES[Math.floor(index / KINDS.length) % DASHES.length];
    return { color: KINDS[index % KINDS.length]!, width: 2, ...(dash && { dash }) };
  }
  const look = LOOKS[role];
  if (nth === 0 || !name.en) return look;
  if (role === 'reference' || role === 'fit') return { ...look, dash: DASHES[1 + (nth % 3)]! };
  const first = MORE.indexOf(look.color);
  return { ...look, color: MORE[(first + nth) % MORE.length]!, dash: DASHES[nth % DASHES.length]! };
}
