/** One name for one quantity: runs of different lessons share a chart only where both axes have the same names. */
import { expect, test } from 'vitest';
import { LESSONS } from '../../src/lessons/index.ts';
import type { Figure, Text } from '../../src/lessons/lesson.ts';
import * as quantities from '../../src/lessons/shared/quantities.ts';
import { recordingOf } from '../support/recording.ts';

const recorded = LESSONS.flatMap(({ name }): readonly Figure[] => recordingOf(name).findings.figures);
const judged = LESSONS.flatMap((lesson) => {
  return lesson.judge({ runs: new Map(), benchmarks: new Map() }, 'standard').figures;
});
const labels: Text[] = [...recorded, ...judged].flatMap(({ x, y }) => [x.label, y.label]);

/** Without unit, number and case: what remains is the quantity. */
const core = (label: string): string => label.toLowerCase().replace(/,.*$/, '').replace(/s\b/g, '');

test('names that differ only in unit or number are the same name', () => {
  const names = [...labels, ...Object.values(quantities)].map(({ en }) => en);
  const byCore = new Map<string, Set<string>>();
  for (const name of names) byCore.set(core(name), (byCore.get(core(name)) ?? new Set()).add(name));
  expect([...byCore.values()].filter(({ size }) => size > 1).map((set) => [...set])).toEqual([]);
});

test('a name has one translation', () => {
  const translations = new Map<string, string>(Object.values(quantities).map(({ en, zh }) => [en, zh]));
  for (const { en, zh } of labels) {
    expect(translations.get(en) ?? zh, en).toBe(zh);
    translations.set(en, zh);
  }
});

test('lessons meet on the same axes', () => {
  const axes = recorded.map(({ x, y }) => `${x.label.en} · ${y.label.en}`);
  const shared = (x: Text, y: Text): number => axes.filter((pair) => pair === `${x.en} · ${y.en}`).length;
  const { PARAMETERS, STEP, LOSS, SHARE_RIGHT } = quantities;
  // Each of these is drawn by several lessons, or by one and the sandbox.
  expect(shared(PARAMETERS, LOSS)).toBeGreaterThan(1);
  expect(shared(STEP, LOSS)).toBeGreaterThan(1);
  expect(shared(STEP, SHARE_RIGHT)).toBeGreaterThan(1);
});
