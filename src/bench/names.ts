/** What can be timed, and beside whom. */
export const MATMUL_SIZES = [256, 512, 1024, 2048] as const;
export const WORKLOAD_NAMES = [
  'transformer',
  'mlp',
  'tiny-mlp',
  'tiny-mlp-64',
  ...MATMUL_SIZES.map((n) => `matmul-${n}` as const),
] as const;
export type WorkloadName = (typeof WORKLOAD_NAMES)[number];

export const PEER_NAMES = ['jax-js', 'tfjs'] as const;
