/** Files of the lab: what one of its places writes, the others read, in this version's form and in those of before. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readLab } from '../../src/cli/report/read.ts';
import { resultText } from '../../src/cli/files/result-file.ts';
import { RUN_FORMAT, RUNS_FORMAT, SWEEP_FORMAT } from '../../src/files/formats.ts';
import { keptRunsIn } from '../../src/files/kept.ts';
import { readLabFile } from '../../src/files/lab-file.ts';
import { writtenSpec } from '../../src/files/written-spec.ts';
import { EXPERIMENTS } from '../../src/lessons/experiments.ts';
import { setPath } from '../../src/path.ts';
import { RunSchema, parseSpec } from '../../src/training/spec/spec.ts';
import { plantedResult, tinyRun } from '../support/planted-run.ts';

const result = plantedResult(tinyRun(3));
const text = [...resultText(result)].join('');
const bare = JSON.stringify({ ...(JSON.parse(text) as object), format: undefined });

test.each([
  ['of this version', text],
  ['of a version that named no format', bare],
  ['with its checksum', text.replace(/\}$/, ',"checksum":"0"}')],
])("the command line's file of a run, %s, is a kept run with its curves", (_, file) => {
  const [run, ...others] = keptRunsIn(file, 'mine');
  expect(others).toEqual([]);
  expect(run).toMatchObject({ lesson: 'sandbox', name: 'mine', seed: 3, device: 'planted' });
  const [training, held] = run!.findings.figures[0]!.series;
  expect(training!.x).toEqual(result.losses.values[0] && Array.from(result.losses.values[0], (_, i) => i));
  expect(training!.y[0]).toBe(3);
  expect(held!.x).toEqual([result.step]);
  expect(run!.findings.verdict.numbers).toMatchObject({ steps: result.step, loss: 0.33333 });
});

test('what a page keeps is read again as it was', () => {
  const runs = keptRunsIn(text, 'mine');
  const file = JSON.stringify({ format: RUNS_FORMAT, runs });
  expect(keptRunsIn(file, 'another name')).toEqual(JSON.parse(JSON.stringify(runs)));
});

test.each([SWEEP_FORMAT, undefined])(
  'results of a sweep are runs with their values as names, format %s',
  (format) => {
    const runs = [1, 2].map((seed) => ({ values: { seed }, result: JSON.parse(bare) as unknown }));
    const kept = keptRunsIn(JSON.stringify({ ...(format && { format }), sweep: {}, runs }), 'sizes');
    expect(kept.map(({ name }) => name)).toEqual(['sizes · seed 1', 'sizes · seed 2']);
  },
);

test('the recording of a lesson is read as the page has it, and as it lies beside its lesson', () => {
  const path = fileURLToPath(new URL('../../src/lessons/mirage/recording.json', import.meta.url));
  const file = readLab(path);
  expect(file).toMatchObject({ kind: 'recording', recording: { lesson: 'mirage' } });
  if (file.kind !== 'recording') return;
  const text = JSON.stringify(file.recording);
  expect(keptRunsIn(text, 'recorded')[0]).toMatchObject({ lesson: 'mirage', name: 'recorded' });
  const raw = JSON.stringify({ lesson: 'mirage', results: { runs: {} } });
  expect(() => keptRunsIn(raw, 'raw')).toThrow('`scaling-lab open`');
});

test.each([
  ['no JSON', 'spec: 1', 'file: is not JSON'],
  ['a list', '[]', 'file: must hold a JSON object'],
  ['settings alone', JSON.stringify({ task: { name: 'shapes' } }), 'no results'],
  ['a newer version', JSON.stringify({ format: 'scaling-lab run 9' }), `must be one of "${RUN_FORMAT}"`],
  [
    'a run whose losses are missing',
    bare.replace('"losses"', '"loss"').replace('"device"', '"losses":1,"device"'),
    'losses',
  ],
  ['a sweep without results', JSON.stringify({ sweep: {}, runs: [{ values: {} }] }), 'file.runs.0.result'],
])('%s is refused, with a reason', (_, file, reason) => {
  expect(() => readLabFile(file)).toThrow(reason);
});

test.each<[string, unknown]>([
  ...Object.entries(EXPERIMENTS).map(([name, { spec }]): [string, unknown] => [name, spec]),
  ['tiny', result.spec],
])('the spec of %s is written as short as can be, and means the same', (_, input) => {
  const spec = parseSpec(input);
  const written = writtenSpec(spec);
  const nested = Object.entries(written).reduce<Record<string, unknown>>(
    (all, [path, value]) => setPath(all, path, value),
    {},
  );
  expect(parseSpec(nested)).toEqual(spec);
  expect(Object.keys(written).length).toBeLessThan(Object.keys(RunSchema.entries).length);
});
