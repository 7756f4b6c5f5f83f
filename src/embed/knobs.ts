/** The knobs that an author lets readers touch. */
import { html, type TemplateResult } from 'lit';
import type { Size } from '../lessons/lesson.ts';
import type { Choice } from './experiment.ts';
import { PARTS } from './settings.ts';
import type { Words } from './strings.ts';

const SIZES: readonly Size[] = ['small', 'standard', 'large'];

/** @param names from `controls` @param changes what the author has set already */
export function renderKnobs(
  names: readonly string[],
  choice: Choice,
  words: Words,
  set: (choice: Choice) => void,
): TemplateResult[] {
  return names.flatMap((name) => {
    if (PARTS.includes(name)) return [];
    if (name === 'size') return [sizeKnob(choice, words, set)];
    const value = name === 'seed' ? choice.seed : choice.changes[name];
    const label = name === 'seed' ? words.seed : (name.split('.').at(-1) ?? name);
    return [
      html`<label part="knob"
        >${label}
        <input
          name=${name}
          maxlength="40"
          autocomplete="off"
          .value=${value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)}
          @change=${(event: Event) => {
            const input = (event.target as HTMLInputElement).value.trim();
            const { [name]: _before, ...others } = choice.changes;
            if (name === 'seed') {
              const seed = Number(input);
              if (input === '') set({ ...choice, seed: undefined });
              else if (Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff) set({ ...choice, seed });
            } else set({ ...choice, changes: input === '' ? others : { ...others, [name]: valueOf(input) } });
          }}
        />
      </label>`,
    ];
  });
}

function sizeKnob(choice: Choice, words: Words, set: (choice: Choice) => void): TemplateResult {
  return html`<label part="knob"
    >${words.size}
    <select
      @change=${(event: Event) =>
        set({ ...choice, size: (event.target as HTMLSelectElement).value as Choice['size'] })}
    >
      ${['auto' as const, ...SIZES].map(
        (size) =>
          html`<option value=${size} ?selected=${size === choice.size}>
            ${size === 'auto' ? '–' : words.sizes[size]}
          </option>`,
      )}
    </select>
  </label>`;
}

/** Numbers, lists and truth values as JSON; anything else is a word. The worker says what it may be. */
function valueOf(input: string): unknown {
  try {
    return JSON.parse(input) as unknown;
  } catch {
    return input;
  }
}
