/** Fields of a form that is made from a schema: their bounds, and how their texts are read. */

export type FormValue = string | number | boolean | readonly number[];

export type FormField = {
  /** dot-separated place in the spec */
  path: string;
  label: string;
  /** one sentence; and its language, where that is not the page's */
  help: string;
  helpLang?: string;
} & (
  | { kind: 'integer' | 'real'; default: number; min: number; max: number }
  | { kind: 'choice'; default: string; choices: readonly (readonly [value: string, label: string])[] }
  | { kind: 'text'; default: string; max: number }
  | { kind: 'flag'; default: boolean }
  | { kind: 'numbers'; default: readonly number[]; most: number }
);

export interface FormSection {
  title: string;
  fields: readonly FormField[];
  /** shown only when the form's details are opened */
  further?: readonly FormField[];
}

/** A field was changed; an undefined value means the default. */
export class FormChangeEvent extends Event {
  static readonly type = 'lab-form-change';
  constructor(
    readonly path: string,
    readonly value: FormValue | undefined,
  ) {
    super(FormChangeEvent.type, { bubbles: true, composed: true });
  }
}

/** `16, 32` or `16·32` as numbers; what is no number stays NaN for the schema to refuse. */
export function readNumbers(text: string): number[] {
  return text
    .split(/[\s,;·]+/)
    .filter(Boolean)
    .map(Number);
}

declare global {
  interface HTMLElementEventMap {
    'lab-form-change': FormChangeEvent;
  }
}
