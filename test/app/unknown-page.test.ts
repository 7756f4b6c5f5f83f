/** What an address that means no page offers instead. */
import type { TemplateResult } from 'lit';
import { expect, test } from 'vitest';
import { pages } from '../../src/app/frame/unknown-page.ts';
import { findPage, UNKNOWN } from '../../src/app/pages.ts';
import { LESSON_NAMES } from '../../src/lessons/path.ts';

/** The values of a template and of those within it. */
const valuesIn = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value.flatMap(valuesIn);
  const { values } = (value ?? {}) as Partial<TemplateResult>;
  return values ? valuesIn(values) : [value];
};

test('all lessons are there, and the pages that need no more than their name', () => {
  const offered = valuesIn(pages.unknown.render());
  const names = ['', 'shape', 'language', 'glossary', 'teacher', 'class', 'bench'];
  const lessons = LESSON_NAMES.map((name) => `lesson/${name}`);
  expect(offered).toEqual(expect.arrayContaining([...lessons, ...names]));
  for (const name of names.slice(1)) expect(findPage(name)).not.toBe(findPage(UNKNOWN));
});
