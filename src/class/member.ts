/** Who a learner is in a class: a random token, and a seed of one's own. No name, nothing of the device. */

/** @param random bytes, such as `crypto.getRandomValues` gives */
export function newMember(random: Uint8Array): string {
  return btoa(String.fromCharCode(...random.slice(0, 9)))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

/** Seeds apart: a lesson of several replicas takes the seed and those after it. */
const SPACING = 10;
const SEEDS = 9_999;

/** From 11 to 99,991, by the token: the same device keeps its seed, and two of thirty share one in about one class of twenty. */
export function seedOf(member: string): number {
  let hash = 2166136261;
  for (const sign of member) hash = Math.imul(hash ^ sign.codePointAt(0)!, 16777619) >>> 0;
  return 1 + SPACING * (1 + (hash % SEEDS));
}
