/** The end of a lesson from nearby: who was right, and what was forgotten. */
import { describe, expect, test } from 'vitest';
import { findLesson } from '../../src/lessons/index.ts';
import { LOOP } from '../../src/lessons/specialists/design.ts';
import { recordingOf } from '../support/recording.ts';

const climaxOf = async (name: string, said?: number) =>
  (await findLesson(name)!.question.climax!())(recordingOf(name).findings, said)!;

describe('the ruler of scaling-laws', () => {
  const { measured, predicted } = recordingOf('scaling-laws').findings.verdict.numbers;

  test('has the closest on top, in thousandths of a nat', async () => {
    const { rows, series } = await climaxOf('scaling-laws', measured! + 0.1);
    expect(rows!.at(-1)!.en).toBe('you: 100');
    expect(rows!.map(({ en }) => en.split(':')[0])).toContain('the law');
    const offs = rows!.map(({ en }) => Number(en.split(': ')[1]));
    expect(offs).toEqual(offs.toSorted((a, b) => a - b));
    const law = series.find(({ name }) => name.en === 'the law')!;
    expect(law.x[1]).toBeCloseTo(1000 * (predicted! - measured!), 9);
    expect(law.y[1]).toBe(rows!.length - 1 - rows!.findIndex(({ en }) => en.startsWith('the law:')));
  });

  test('does without the learner who said nothing', async () => {
    const { rows } = await climaxOf('scaling-laws');
    expect(rows!.some(({ en }) => en.startsWith('you'))).toBe(false);
  });

  test('waits for the last model', async () => {
    const { question } = findLesson('scaling-laws')!;
    const { findings } = recordingOf('scaling-laws');
    const { measured: _not, ...numbers } = findings.verdict.numbers;
    const before = { ...findings, verdict: { ...findings.verdict, numbers } };
    expect((await question.climax!())(before, 0.7)).toBeUndefined();
  });
});

test('the report cards of specialists: a row for each model, from the general mix to the domain', async () => {
  const { rows, series } = await climaxOf('specialists', 0.01);
  const of = (name: string) => series.find((one) => one.name.en === name)!;
  const [domain, general] = [of('in field 1'), of('on the general mix')];
  const { rows: table } = recordingOf('specialists').findings.tables.find(({ name }) => name === 'models')!;
  // Without what the fine-tuned model came to when it went on: the claim is about the others.
  expect(rows).toHaveLength(table.length - Object.keys(LOOP).length);
  expect(domain.y).toEqual(general.y);
  const tuned = rows!.findIndex(({ en }) => en === 'small, fine-tuned');
  expect(domain.x[tuned]! - general.x[tuned]!).toBeGreaterThan(0.2);
  const generalist = rows!.findIndex(({ en }) => en === 'big, general');
  expect(of('you, in field 1').x[0]).toBeCloseTo(domain.x[generalist]! + 0.01, 9);
});
