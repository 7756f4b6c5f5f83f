import { expect, test } from 'vitest';
import { LivingFigure } from '../../src/app/lesson/living-figure.ts';
import { NO_FINDINGS, type Findings } from '../../src/findings/findings.ts';
import { text } from '../../src/lessons/shared/text.ts';

/** Two figures with so many points each. */
const findings = (a: number, b: number): Findings => ({
  ...NO_FINDINGS,
  figures: Object.entries({ a, b }).map(([name, points]) => ({
    name,
    title: text(name, name),
    x: { label: text('x', 'x'), scale: 'linear' },
    y: { label: text('y', 'y'), scale: 'linear' },
    series: [
      {
        name: text(name, name),
        role: 'train',
        mark: 'line',
        x: Array.from({ length: points }, (_, i) => i),
        y: Array.from({ length: points }, (_, i) => i),
      },
    ],
  })),
});

test('the figure that grows comes to the front, and stays while it grows', () => {
  const living = new LivingFigure();
  expect(living.in(findings(3, 0))).toBeUndefined();
  expect(living.in(findings(4, 0))).toBe('a');
  const last = findings(4, 1);
  expect(living.in(last)).toBe('b');
  expect(living.in(last)).toBe('b');
  expect(living.in(findings(5, 2))).toBe('b');
  expect(living.in(findings(5, 2))).toBe('b');
  expect(living.in(undefined)).toBeUndefined();
});
