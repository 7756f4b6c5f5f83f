/** The axes of a sweep as fields: what varies, and its values. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { typed } from '../../components/index.ts';
import type { FormDescription } from '../../worker/protocol.ts';
import { type Draft, taskOf } from './draft.ts';
import {
  COMPUTE,
  type AxisError,
  type AxisPart,
  pathsOf,
  suggestion,
  type SweepDraft,
} from './sweep-draft.ts';
import { strings } from './sweep-strings.ts';
import { labelOf } from './words.ts';

const MOST_AXES = 3;

export interface AxisEditor {
  sweep: SweepDraft;
  base: Draft;
  form: FormDescription;
  wrong: AxisError | undefined;
  change: (sweep: SweepDraft) => void;
}

export function renderAxes({ sweep, base, form, wrong, change }: AxisEditor): TemplateResult {
  const task = taskOf(base);
  const paths = [...pathsOf(base, form).map(({ path }) => path), COMPUTE];
  const label = (path: string): string => labelOf(path, task);
  const used = sweep.axes.flat().map(({ path }) => path);
  const replace = (axis: number, parts: readonly AxisPart[]): void =>
    change({ axes: sweep.axes.map((own, i) => (i === axis ? parts : own)).filter(({ length }) => length) });
  const free = (prefer: readonly string[]): AxisPart => {
    const path = [...prefer, ...paths].find(
      (candidate) => !used.includes(candidate) && paths.includes(candidate),
    )!;
    return { path, text: suggestion(path, base, form) };
  };

  const renderPart = (axis: number, part: number, { path, text }: AxisPart): TemplateResult => {
    const parts = sweep.axes[axis]!;
    const error = wrong?.axis === axis && wrong.part === part ? strings.problem(wrong.reason) : undefined;
    const id = `axis-${axis}-${part}`;
    return html`<div class="part">
      <select
        aria-label=${strings.axis(axis + 1)}
        .value=${live(path)}
        @change=${(event: Event) => {
          const next = (event.target as HTMLSelectElement).value;
          replace(axis, parts.with(part, { path: next, text: suggestion(next, base, form) }));
        }}
      >
        ${(paths.includes(path) ? paths : [path, ...paths]).map(
          (candidate) =>
            html`<option
              value=${candidate}
              ?selected=${candidate === path}
              ?disabled=${candidate !== path && used.includes(candidate)}
            >
              ${label(candidate)}
            </option>`,
        )}
      </select>
      <input
        aria-label=${strings.values(label(path))}
        aria-describedby=${error === undefined ? 'axes-help' : `${id} axes-help`}
        aria-invalid=${error === undefined ? 'false' : 'true'}
        autocomplete="off"
        spellcheck="false"
        .value=${typed(text)}
        @change=${(event: Event) =>
          replace(axis, parts.with(part, { path, text: (event.target as HTMLInputElement).value }))}
      />
      <button
        class="icon"
        type="button"
        aria-label=${strings.remove(label(path))}
        title=${strings.remove(label(path))}
        ?disabled=${used.length === 1}
        @click=${() => replace(axis, parts.toSpliced(part, 1))}
      >
        ×
      </button>
      ${error === undefined ? nothing : html`<p class="field-error" id=${id}>${error}</p>`}
    </div>`;
  };

  return html`<div class="axes">
    <h2>${strings.title}</h2>
    ${sweep.axes.map(
      (parts, axis) =>
        html`<div class="axis" role="group" aria-label=${strings.axis(axis + 1)}>
          ${parts.map((part, i) => renderPart(axis, i, part))}
          ${
            parts.length < 2 && parts[0]?.path !== COMPUTE
              ? html`<button class="quiet" type="button" @click=${() => replace(axis, [...parts, free([])])}>
                  ${strings.together}
                </button>`
              : nothing
          }
        </div>`,
    )}
    ${
      sweep.axes.length < MOST_AXES
        ? html`<button
            class="pill"
            type="button"
            @click=${() => change({ axes: [...sweep.axes, [free(['seed', 'steps', COMPUTE])]] })}
          >
            ${strings.add}
          </button>`
        : nothing
    }
    <p class="caption" id="axes-help">${strings.help}</p>
  </div>`;
}
