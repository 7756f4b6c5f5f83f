/** Scaling laws as published, with their sources. Losses in nats per token; N in parameters, D in tokens. */
import { type ParametricLaw } from './parametric-model.ts';

export interface PublishedLaw extends ParametricLaw {
  name: string;
  source: string;
  date: string;
  /** Standard errors where the source gives them. */
  standardError?: ParametricLaw;
  note: string;
}

/** Fits of L = E + A/N^α + B/D^β. */
export const PUBLISHED_LAWS = {
  hoffmann: {
    name: 'Hoffmann et al. (Chinchilla)',
    source: 'Hoffmann et al. 2203.15556, appendix D.3 (Approach 3)',
    date: '2022-03',
    E: 1.69,
    A: 406.4,
    B: 410.7,
    alpha: 0.34,
    beta: 0.28,
    note: 'Rounded as printed. The minimiser had stopped early: see Besiroglu et al.',
  },
  hoffmannUnrounded: {
    name: 'Hoffmann et al. (Chinchilla), exponents unrounded',
    source: 'Hoffmann et al. 2203.15556, digits as quoted by Besiroglu et al. 2404.10102',
    date: '2022-03',
    E: 1.6934,
    A: 406.4,
    B: 410.7,
    alpha: 0.33917084,
    beta: 0.2849083,
    note: 'Two digits are too few for the closed form: at 5.76e23 FLOPs it gives 40.4B parameters, rounded 32.2B.',
  },
  besiroglu: {
    name: 'Besiroglu et al. (replication)',
    source: 'Besiroglu et al. 2404.10102',
    date: '2024-04',
    E: 1.8172,
    A: 482.01,
    B: 2085.43,
    alpha: 0.3478,
    beta: 0.3658,
    standardError: { E: 0.026, A: 124.5, B: 1293, alpha: 0.015, beta: 0.021 },
    note: 'The same data read off the figure of Hoffmann et al. and fitted again, to the minimum. Elsewhere E 1.8169 and β 0.3659 are quoted.',
  },
} as const satisfies Record<string, PublishedLaw>;

/** Exponents a and b of N_opt ∝ C^a, D_opt ∝ C^b by the three approaches of Hoffmann et al. 2203.15556, table 2. */
export const HOFFMANN_EXPONENTS = [
  { approach: 1, method: 'envelope of training curves', a: 0.5, b: 0.5 },
  { approach: 2, method: 'IsoFLOP profiles', a: 0.49, b: 0.51 },
  { approach: 3, method: 'parametric law', a: 0.46, b: 0.54 },
] as const;

/** Kaplan et al. 2001.08361, eqs. 1.1–1.3: L = (X_c / X)^α with no floor. N counts parameters without embeddings. */
export const KAPLAN = {
  source: 'Kaplan et al. 2001.08361, eqs. 1.1–1.3',
  date: '2020-01',
  parameters: { alpha: 0.076, scale: 8.8e13, unit: 'non-embedding parameters' },
  data: { alpha: 0.095, scale: 5.4e13, unit: 'tokens' },
  /** Compute spent at its best split. */
  compute: { alpha: 0.05, scale: 3.1e8, unit: 'PF-days' },
  /** N_opt ∝ C^0.73 (§1.2). */
  optimalExponent: 0.73,
} as const;

/** Why Kaplan's 0.73 is not Hoffmann's 0.5. */
export const KAPLAN_RECONCILED = [
  { source: 'Pearce and Song 2406.12907', reason: 'parameters counted without embeddings, at small scale' },
  {
    source: 'Porian et al. 2406.19146',
    reason: 'cost of the last layer, length of warm-up, optimizer settings per scale',
  },
] as const;

/** FLOPs in one petaFLOP/s-day. */
export const PF_DAY = 8.64e19;
