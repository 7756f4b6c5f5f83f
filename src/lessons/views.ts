/** Values of a lesson's views: those that are given where they fit, the usual ones elsewhere. */
import type { ViewInput, Views, ViewValues } from './lesson.ts';

/** @param given from a page, a link or a file: whatever it holds */
export function viewValues({ inputs }: Views, given: Readonly<Record<string, unknown>> = {}): ViewValues {
  return Object.fromEntries(inputs.map((input) => [input.name, fitting(input, given[input.name])]));
}

/** The values that differ from the usual ones. */
export function unusual({ inputs }: Views, values: ViewValues): ViewValues {
  return Object.fromEntries(
    inputs.flatMap(({ name, usual }) =>
      values[name] === undefined || values[name] === usual ? [] : [[name, values[name]]],
    ),
  );
}

function fitting(input: ViewInput, value: unknown): number | string {
  if (input.kind === 'choice') {
    return input.options.some((option) => option.value === value) ? (value as string) : input.usual;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return input.usual;
  const { min, max, step } = input;
  const onStep = Number((Math.round((value - min) / step) * step + min).toPrecision(9));
  return Math.min(max, Math.max(min, onStep));
}

/** A number among the values. */
export function numberOf(values: ViewValues, name: string): number {
  return values[name] as number;
}
