/** Experiments by name, as specs: what the page shows at first, for the command line. */

export interface Experiment {
  title: string;
  /** a RunSpec as a person writes it: what is left out has its default */
  spec: Record<string, unknown>;
  /** by path: what is set otherwise where a device is slow, as the pages begin there */
  small: Readonly<Record<string, unknown>>;
}

export const EXPERIMENTS: Record<string, Experiment> = {
  shape: {
    title: 'An MLP learns a shape',
    spec: {
      task: { name: 'shapes', kind: 'spirals' },
      model: { kind: 'mlp', hidden: [32, 32], activation: 'relu' },
      learningRate: 3e-3,
      batch: 64,
      steps: 2000,
      evaluate: { every: 40 },
    },
    small: {
      'task.points': 128,
      'model.hidden': [16, 16],
      batch: 32,
      steps: 1000,
      'evaluate.every': 20,
    },
  },
  language: {
    title: 'A transformer learns a language whose entropy is known',
    spec: {
      task: { name: 'backoff-language', length: 32, pool: 320_000 },
      model: { kind: 'transformer', layers: 2, width: 64, heads: 4 },
      learningRate: 3e-3,
      batch: 64,
      steps: 5000,
      evaluate: { every: 100 },
    },
    small: {
      'task.length': 16,
      'task.pool': 32_000,
      'model.layers': 1,
      'model.width': 32,
      batch: 32,
      steps: 1000,
      'evaluate.every': 20,
    },
  },
};
