/** What can be changed about the transformer and its language, and the spec that follows. The worker checks it again. */
import type { Knob, KnobValues } from '../../components/index.ts';
import type { SpecInput } from '../../worker/protocol.ts';
import { strings as shared } from './experiment-strings.ts';
import { trainingKnobs, trainingSpec } from './shared-knobs.ts';
import { strings } from './language-strings.ts';
import { PLATEAUS } from './language-plateaus.ts';

const words = strings.knobs;

/** Most tokens that the engine keeps as training examples. */
const MOST_TOKENS = 2 ** 25;
const LEAST_ROWS = 4096;

const ladder = (
  key: keyof typeof words,
  group: string,
  values: readonly number[],
  fallback: number,
): Knob => ({
  key,
  label: words[key][0],
  help: words[key][1],
  group,
  kind: 'ladder',
  values,
  default: fallback,
});

export const languageKnobs = (): readonly Knob[] => [
  ladder('length', shared.groups.data, Object.keys(PLATEAUS).map(Number), 32),
  ladder('layers', shared.groups.model, [0, 1, 2, 3, 4, 6], 2),
  // Every number of heads divides every width.
  ladder('width', shared.groups.model, [16, 32, 64, 128, 256], 64),
  ladder('heads', shared.groups.model, [1, 2, 4, 8], 4),
  ...trainingKnobs({ learningRate: 3e-3, batch: 64, steps: 5000 }),
];

/** For a device that is slow. */
export const smallLanguage: KnobValues = {
  length: 16,
  layers: 1,
  width: 32,
  heads: 4,
  batch: 32,
  steps: 1000,
  replicas: 1,
};

export function languageSpec(values: KnobValues): SpecInput {
  const { length, layers, width, heads, batch, steps } = values as Record<string, number>;
  // Fresh text for each step where there is room, so that nothing can be learned by heart.
  const pool = Math.min(Math.max(batch! * steps!, LEAST_ROWS), Math.floor(MOST_TOKENS / length!));
  return {
    task: { name: 'backoff-language', length, pool },
    model: { kind: 'transformer', layers, width, heads },
    ...trainingSpec(values),
  };
}
