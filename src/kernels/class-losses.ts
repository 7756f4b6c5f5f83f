/** The losses of classes by their names, and the formula that shaders share with TypeScript. */

/**
 * Cross-entropy of softmax, −ln p(target); that of StableMax (Prieto et al. 2025, arXiv:2501.04697); or the mean squared
 * error of the logits against 1 for the target's class and 0 for the others.
 */
export const CLASS_LOSSES = ['cross-entropy', 'squared-error', 'stablemax'] as const;
export type ClassLoss = (typeof CLASS_LOSSES)[number];

/** s(x), of which StableMax's probabilities are the shares. */
export const stablemaxShare = (x: number): number => (x >= 0 ? 1 + x : 1 / (1 - x));
