/** A report as lines of JSON, one for each number: what other programs read line by line. */
import type { Reported } from './source.ts';

/** The runs, their losses and evaluations; of what has no results, the points of its figures. */
export function* linesOf({ name, specs, results, findings, device, date }: Reported): Generator<string> {
  const line = (value: object): string => `${JSON.stringify(value)}\n`;
  for (const [run, spec] of Object.entries(specs)) {
    const { outcome, parameters, seconds } = results.get(run) ?? {};
    yield line({ kind: 'run', of: name, run, spec, device, date, outcome, parameters, seconds });
  }
  for (const [run, { losses, evaluations }] of results) {
    for (const [replica, values] of losses.values.entries()) {
      for (let i = 0; i < values.length; i++)
        yield line({ kind: 'loss', of: name, run, replica, step: losses.first + i, loss: values[i] });
    }
    for (const { step, sets } of evaluations) {
      for (const [set, records] of Object.entries(sets))
        for (const [replica, metrics] of records.entries())
          yield line({ kind: 'evaluation', of: name, run, replica, step, set, ...metrics });
    }
  }
  if (results.size === 0) {
    for (const { name: figure, series } of findings.figures)
      for (const { name: curve, x, y } of series)
        for (const [i, at] of x.entries())
          yield line({ kind: 'point', of: name, figure, series: curve.en, x: at, y: y[i] ?? null });
  }
  for (const [number, value] of Object.entries(findings.verdict.numbers))
    yield line({ kind: 'number', of: name, number, value });
}
