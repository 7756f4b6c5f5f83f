/** What can be changed about the MLP and its shape, and the spec that follows. The worker checks it again. */
import type { Knob, KnobValues } from '../../components/index.ts';
import type { SpecInput } from '../../worker/protocol.ts';
import { strings as shared } from './experiment-strings.ts';
import { trainingKnobs, trainingSpec } from './shared-knobs.ts';
import { strings } from './shape-strings.ts';

const words = strings.knobs;
const named = ([label, help]: readonly [string, string]): { label: string; help: string } => ({
  label,
  help,
});

export const shapeKnobs = (): readonly Knob[] => [
  {
    key: 'kind',
    ...named(words.kind),
    group: shared.groups.data,
    kind: 'choice',
    options: Object.entries(words.kinds),
    default: 'spirals',
  },
  {
    key: 'classes',
    ...named(words.classes),
    group: shared.groups.data,
    kind: 'ladder',
    values: [2, 3, 4, 5, 6],
    default: 2,
  },
  {
    key: 'noise',
    ...named(words.noise),
    group: shared.groups.data,
    kind: 'ladder',
    values: [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5],
    default: 0.1,
  },
  {
    key: 'points',
    ...named(words.points),
    group: shared.groups.data,
    kind: 'ladder',
    values: [32, 64, 128, 256, 512, 1024, 2048],
    default: 256,
  },
  {
    key: 'hidden',
    ...named(words.hidden),
    group: shared.groups.model,
    kind: 'widths',
    values: [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256],
    most: 6,
    default: [32, 32],
  },
  {
    key: 'activation',
    ...named(words.activation),
    group: shared.groups.model,
    kind: 'choice',
    options: ['relu', 'gelu', 'tanh', 'square'].map((name) => [name, name] as const),
    default: 'relu',
  },
  ...trainingKnobs({ learningRate: 3e-3, batch: 64, steps: 2000 }),
];

/** For a device that is slow. */
export const smallShape: KnobValues = { hidden: [16, 16], batch: 32, steps: 1000, replicas: 1, points: 128 };

export function shapeSpec(values: KnobValues): SpecInput {
  const { kind, classes, noise, points, hidden, activation } = values;
  return {
    task: { name: 'shapes', kind, classes, noise, points },
    model: { kind: 'mlp', hidden, activation },
    ...trainingSpec(values),
  };
}
