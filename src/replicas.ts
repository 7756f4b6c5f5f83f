/** What is said of several replicas together: which of them diverged and when, and means over the others. */
import type { Language } from './languages.ts';

/** A replica, and the first step at which its loss was not finite. */
export interface Divergence {
  replica: number;
  step: number;
}

/** What a result has of its replicas. */
export interface Replicated {
  losses: { first: number; values: readonly ArrayLike<number>[] };
  /** older results lack it */
  divergences?: readonly Divergence[];
}

/** By replica; from the losses, where an older result does not say it. */
export function divergencesOf({ losses, divergences }: Replicated): readonly Divergence[] {
  if (divergences) return divergences;
  return losses.values.flatMap((values, replica) => {
    const at = Array.prototype.findIndex.call(values, (loss: number) => !Number.isFinite(loss));
    return at < 0 ? [] : [{ replica, step: losses.first + at }];
  });
}

/**
 * Mean of one number per replica over those that have not diverged; over all, where all have. NaN where there is none,
 * or where a replica that has not diverged has none.
 */
export function meanOfOthers(values: readonly number[], diverged: readonly Divergence[]): number {
  const left = values.filter((_, r) => !diverged.some(({ replica }) => replica === r));
  const counted = left.length ? left : values;
  return counted.reduce((sum, value) => sum + value, 0) / counted.length;
}

/** Replicas that are named one by one; more would not be read. */
export const MOST_NAMED = 4;

/** `2 of 8 replicas diverged (replica 1 at step 3, replica 5 at step 70); numbers are of the others`, in both languages. */
export function tellDivergences(diverged: readonly Divergence[], replicas: number): Record<Language, string> {
  const named = diverged.slice(0, MOST_NAMED);
  const rest = diverged.length > named.length ? ', …' : '';
  const en = named.map(({ replica, step }) => `replica ${replica} at step ${step}`).join(', ') + rest;
  const zh = named.map(({ replica, step }) => `副本 ${replica} 在第 ${step} 步`).join('，') + rest;
  const isAll = diverged.length >= replicas;
  return {
    en: `${diverged.length} of ${replicas} replicas diverged (${en})${isAll ? '' : '; numbers are of the others'}`,
    zh: `${replicas} 个副本中有 ${diverged.length} 个发散（${zh}）${isAll ? '' : '；数值取自其余副本'}`,
  };
}
