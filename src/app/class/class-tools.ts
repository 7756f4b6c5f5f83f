/** Which class, which lesson, at what size. */
import { html, nothing, type TemplateResult } from 'lit';
import { type Size, SIZES } from '../../lessons/lesson.ts';
import { EXPERIMENT_NAMES } from '../../lessons/path.ts';
import { language } from '../../locales/language.ts';
import { metaOf } from '../curriculum.ts';
import type { ClassState } from './class-state.ts';
import { words } from './class-words.ts';
import { SIZE_NAMES } from './size-names.ts';

export interface Tools {
  class: ClassState;
  lesson: string;
  size: Size;
  choose: (lesson: string) => void;
  resize: (size: Size) => void;
}

const chosen = (event: Event): string => (event.target as HTMLSelectElement).value;

export function renderTools({ class: gathered, lesson, size, choose, resize }: Tools): TemplateResult {
  const { kept, current, removed, simulated } = gathered;
  const date = (iso: string): string =>
    new Date(iso).toLocaleString(language(), { dateStyle: 'medium', timeStyle: 'short' });
  const all = kept.some(({ id }) => id === current.id) ? kept : [current, ...kept];
  const open = (event: Event): void => {
    const found = all.find(({ id }) => id === chosen(event));
    if (found) void gathered.turnTo(found);
  };
  return html`<p class="row tools-of-class">
    <label
      >${words.lesson}
      <select @change=${(event: Event) => choose(chosen(event))}>
        ${EXPERIMENT_NAMES.map((name) => {
          const { title } = metaOf(name, language());
          const { length } = gathered.pool.results(name);
          return html`<option value=${name} .selected=${name === lesson}>
            ${title}${length ? ` (${length})` : ''}
          </option>`;
        })}
      </select></label
    >
    <label
      >${words.size}
      <select @change=${(event: Event) => resize(chosen(event) as Size)}>
        ${SIZES.map((each) => html`<option value=${each} .selected=${each === size}>${SIZE_NAMES[each]}</option>`)}
      </select></label
    >
    ${
      simulated
        ? nothing
        : html`<label
              >${words.kept}
              <select @change=${open}>
                ${all.map(
                  ({ id, date: begun }) =>
                    html`<option value=${id} .selected=${id === current.id}>
                      ${words.begun(date(begun))}
                    </option>`,
                )}
              </select></label
            >
            <button class="quiet" type="button" @click=${() => gathered.begin()}>${words.fresh}</button>
            ${
              kept.some(({ id }) => id === current.id)
                ? html`<button class="quiet" type="button" @click=${() => void gathered.remove()}>
                    ${words.remove}
                  </button>`
                : nothing
            }
            ${
              removed
                ? html`<span role="status">${words.removed}</span>
                    <button class="quiet" type="button" @click=${() => void gathered.restore()}>
                      ${words.undo}
                    </button>`
                : nothing
            }`
    }
  </p>`;
}
