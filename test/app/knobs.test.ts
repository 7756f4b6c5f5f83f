import { expect, test } from 'vitest';
import { PLATEAUS } from '../../src/app/experiments/language-plateaus.ts';
import { languageKnobs, languageSpec, smallLanguage } from '../../src/app/experiments/language-knobs.ts';
import { shapeKnobs, shapeSpec, smallShape } from '../../src/app/experiments/shape-knobs.ts';
import { defaults, type Knob, type KnobValues } from '../../src/components/knob.ts';
import { BackoffLanguage } from '../../src/tasks/backoff.ts';
import { EXPERIMENTS } from '../../src/lessons/experiments.ts';
import { setPath } from '../../src/path.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';

test('the plateaus on the page are those of the language', () => {
  const language = new BackoffLanguage(64, 1);
  for (const [length, known] of Object.entries(PLATEAUS)) {
    language
      .plateaus(Number(length))
      .slice(0, 3)
      .forEach((loss, order) => expect(known[order]).toBeCloseTo(loss, 3));
  }
});

/** The values at both ends of a knob. */
function ends(knob: Knob): KnobValues[string][] {
  switch (knob.kind) {
    case 'choice':
      return knob.options.map(([value]) => value);
    case 'ladder':
      return [knob.values[0]!, knob.values.at(-1)!];
    case 'integer':
      return [knob.min, knob.max];
    case 'widths':
      return [[], Array.from({ length: knob.most }, () => knob.values.at(-1)!)];
  }
}

test.each([
  ['shape', shapeKnobs(), shapeSpec],
  ['language', languageKnobs(), languageSpec],
] as const)('the engine takes every setting of the knobs: %s', (_name, knobs, toSpec) => {
  const base = defaults(knobs);
  for (const knob of knobs) {
    for (const value of ends(knob)) {
      expect(
        () => parseSpec(toSpec({ ...base, [knob.key]: value })),
        `${knob.key} ${String(value)}`,
      ).not.toThrow();
    }
  }
  const extreme = (end: 0 | -1): KnobValues =>
    Object.fromEntries(knobs.map((knob) => [knob.key, ends(knob).at(end)!]));
  expect(() => parseSpec(toSpec(extreme(0)))).not.toThrow();
  expect(() => parseSpec(toSpec(extreme(-1)))).not.toThrow();
});

test.each([
  ['shape', shapeKnobs(), shapeSpec, smallShape],
  ['language', languageKnobs(), languageSpec, smallLanguage],
] as const)(
  'the command line’s experiment %s is what its page begins with',
  (name, knobs, toSpec, smallKnobs) => {
    const { spec, small } = EXPERIMENTS[name]!;
    const slow = Object.entries(small).reduce<Record<string, unknown>>(
      (all, [path, value]) => setPath(all, path, value),
      spec,
    );
    expect(parseSpec(spec)).toEqual(parseSpec(toSpec(defaults(knobs))));
    expect(parseSpec(slow)).toEqual(parseSpec(toSpec({ ...defaults(knobs), ...smallKnobs })));
  },
);
