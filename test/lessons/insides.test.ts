/** Pictures of the inside: whole, small, of every lesson that has them, made of what is there and never an error. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { levelOf, levels, type Picture, type RecordedPictures } from '../../src/findings/pictures.ts';
import { insideOf, LESSONS } from '../../src/lessons/index.ts';
import { LESSON_NAMES } from '../../src/lessons/path.ts';

const MOST_BYTES = 60_000;
const NO_RESULTS = { runs: new Map(), benchmarks: new Map() };

const withInside = LESSONS.flatMap((lesson) => {
  const inside = insideOf(lesson);
  return inside ? [{ name: lesson.name, inside }] : [];
});

/** What every picture must be, whatever it shows. */
function expectWhole(picture: Picture): void {
  const { at, track } = picture;
  expect(at.length).toBeGreaterThan(0);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  for (const words of [picture.title, picture.look, picture.place]) {
    expect(words.en).not.toBe('');
    expect(words.zh).not.toBe('');
  }
  expect(picture.look.en.length).toBeLessThan(260);
  for (const panel of picture.panels) {
    expect(panel.frames).toHaveLength(at.length);
    if (panel.reading) expect(panel.reading.values).toHaveLength(at.length);
  }
  for (const { y } of track?.curves ?? []) expect(y).toHaveLength(at.length);
  const frames = picture.panels.flatMap(({ frames }): unknown[] => frames).filter((frame) => frame !== null);
  const sizes: Record<Picture['kind'], () => unknown> = {
    points: () => picture.kind === 'points' && 2 * picture.points.length,
    grid: () => picture.kind === 'grid' && picture.rows.length * picture.columns.length,
    bars: () => picture.kind === 'bars' && picture.bars.length,
    lines: () => picture.kind === 'lines' && picture.curves.length,
    rows: () => (frames[0] as unknown[]).length,
  };
  for (const frame of frames) expect((frame as ArrayLike<unknown>).length).toBe(sizes[picture.kind]());
}

describe.each(withInside)('the inside of $name', ({ name, inside }) => {
  it('is nothing, and no error, where nothing was trained', () => {
    // What a kernel reads is the same on every device.
    for (const picture of inside.pictures(NO_RESULTS, 'standard')) {
      expect(name).toBe('kernels');
      expectWhole(picture);
    }
  });
});

const fileOf = (name: string): string =>
  join(import.meta.dirname, '../../src/lessons', name, 'pictures.json');
const recorded = withInside.filter(({ name }) => existsSync(fileOf(name)));

test.each(recorded)('the pictures of $name were recorded: whole, and small', ({ name }) => {
  const text = readFileSync(fileOf(name), 'utf8');
  expect(gzipSync(text).length).toBeLessThanOrEqual(MOST_BYTES);
  const { lesson, pictures } = JSON.parse(text) as RecordedPictures;
  expect(lesson).toBe(name);
  expect(pictures.length).toBeGreaterThan(0);
  for (const picture of pictures) expectWhole(picture);
});

test('most lessons have one', () => {
  expect(withInside.length).toBeGreaterThanOrEqual(LESSON_NAMES.length - 3);
});

test('levels are values to a 63rd, and what lies outside is cut off', () => {
  const values = [0, 0.25, 0.5, 1, -3, 7, NaN];
  const read = Array.from(levels(values), levelOf);
  read.forEach((value, i) => expect(value).toBeCloseTo(Math.min(1, Math.max(0, values[i]! || 0)), 1));
  expect(levels([0, 1])).toBe('A/');
});
