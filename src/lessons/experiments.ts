/** Experiments by name, as specs: the page's figures and the command line start from the same ones. */

export interface Experiment {
  title: string;
  /** a RunSpec as a person writes it: what is left out has its default */
  spec: Record<string, unknown>;
}

export const EXPERIMENTS: Record<string, Experiment> = {
  shapes: {
    title: 'An MLP learns a shape',
    spec: {
      task: { name: 'shapes', kind: 'spirals', noise: 0.1, points: 512 },
      model: { kind: 'mlp', hidden: [32, 32], activation: 'gelu' },
      learningRate: 1e-2,
      batch: 128,
      steps: 2000,
      evaluateEvery: 50,
    },
  },
  language: {
    title: 'A transformer learns a language whose entropy is known',
    spec: {
      task: { name: 'backoff-language', length: 32, validation: 256 },
      model: { kind: 'transformer', layers: 2, width: 32, heads: 4 },
      learningRate: 1e-2,
      batch: 64,
      steps: 2000,
      evaluateEvery: 50,
    },
  },
};
