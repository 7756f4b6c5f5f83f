/** Knobs: declarations of what a person can change, from which form fields, defaults and chips follow. */

export type KnobValue = string | number | readonly number[];
export type KnobValues = Readonly<Record<string, KnobValue>>;

interface Common {
  key: string;
  label: string;
  /** heading under which it stands */
  group: string;
  /** one sentence, shown on hover and to screen readers */
  help: string;
}

export type Knob = Common &
  (
    | { kind: 'choice'; default: string; options: readonly (readonly [value: string, label: string])[] }
    /** a slider over a list of values, with a step for each */
    | { kind: 'ladder'; default: number; values: readonly number[]; format?: (value: number) => string }
    | { kind: 'integer'; default: number; min: number; max: number; step?: number }
    /** the widths of a stack of layers, each from `values` */
    | { kind: 'widths'; default: readonly number[]; values: readonly number[]; most: number }
  );

/** A knob that stands differently than before. */
export interface Change {
  key: string;
  label: string;
  from: string;
  to: string;
}

export const defaults = (knobs: readonly Knob[]): KnobValues =>
  Object.fromEntries(knobs.map((knob) => [knob.key, knob.default]));

/** A value as it is shown. */
export function showValue(knob: Knob, value: KnobValue): string {
  switch (knob.kind) {
    case 'choice':
      return knob.options.find(([option]) => option === value)?.[1] ?? String(value);
    case 'ladder':
      return knob.format?.(value as number) ?? String(value);
    case 'integer':
      return String(value);
    case 'widths':
      return (value as readonly number[]).join('·') || 'none';
  }
}

/** What changed from one set of values to another, in the order of the knobs. */
export function changes(knobs: readonly Knob[], from: KnobValues, to: KnobValues): Change[] {
  return knobs.flatMap((knob) => {
    const [before, after] = [from[knob.key], to[knob.key]];
    if (before === undefined || after === undefined || String(before) === String(after)) return [];
    return [{ key: knob.key, label: knob.label, from: showValue(knob, before), to: showValue(knob, after) }];
  });
}

/** The index of the list's value nearest to this one. */
export function rung(values: readonly number[], value: number): number {
  let best = 0;
  values.forEach((candidate, i) => {
    if (Math.abs(candidate - value) < Math.abs(values[best]! - value)) best = i;
  });
  return best;
}

/** A knob has been turned. */
export class KnobChangeEvent extends Event {
  static readonly type = 'lab-knob-change';
  constructor(
    readonly key: string,
    readonly value: KnobValue,
  ) {
    super(KnobChangeEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'lab-knob-change': KnobChangeEvent;
  }
}
