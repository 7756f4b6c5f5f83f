/** The settings of the sandbox as a form, with what is wrong with them. */
import { html, nothing, type TemplateResult } from 'lit';
import {
  compact,
  type FormChangeEvent,
  type FormValue,
  type SegmentEvent,
  whole,
} from '../../components/index.ts';
import type { FormDescription } from '../../worker/protocol.ts';
import type { Words } from '../../figures/say-problem.ts';
import { type Draft, taskOf } from './draft.ts';
import { renderOwnText } from './own-text.ts';
import { strings } from './sandbox-strings.ts';
import { sectionsOf, taskDescription } from './words.ts';

export type Mode = 'run' | 'sweep';

export interface SettingsPanel {
  form: FormDescription;
  draft: Draft;
  mode: Mode;
  /** messages by the paths of settings */
  errors: Readonly<Record<string, Words>>;
  /** how much of the text is too rare for the vocabulary; nothing while it is not known */
  rare: { share: number; vocabulary: number } | undefined;
  /** what is said about the last text file */
  textNote: string;
  /** of a run with these settings, where they are right */
  size: { parameters: number; flops: number } | undefined;
  setMode: (mode: Mode) => void;
  set: (path: string, value: FormValue | undefined) => void;
  setText: (text: string | undefined, note: string) => void;
  reset: () => void;
}

export function renderSettings(panel: SettingsPanel): TemplateResult {
  const { form, draft, mode, errors, size } = panel;
  const task = taskOf(draft);
  const description = form.tasks.find(({ name }) => name === task)?.description ?? '';
  const { 'task.name': _task, 'model.kind': _model, ...values } = draft;
  return html`<section class="settings card" aria-label=${strings.settings}>
    <lab-segments
      .label=${strings.mode}
      bare
      .options=${[['run', strings.modes.run], ['sweep', strings.modes.sweep]] as const /* prettier-ignore */}
      .value=${mode}
      @lab-segment=${({ value }: SegmentEvent) => panel.setMode(value as Mode)}
    ></lab-segments>
    <p class="caption">${taskDescription(task, description)}</p>
    ${
      task === 'text'
        ? renderOwnText({
            text: draft['task.text'] as string | undefined,
            error: errors['task.text'],
            note: panel.textNote,
            rare: panel.rare,
            form,
            change: panel.setText,
          })
        : nothing
    }
    <lab-form
      .sections=${sectionsOf(form, draft)}
      .values=${values}
      .errors=${errors}
      @lab-form-change=${({ path, value }: FormChangeEvent) => panel.set(path, value)}
    ></lab-form>
    <p class="row">
      <span class="caption"
        >${size ? strings.size(whole(size.parameters), compact(size.flops)) : nothing}</span
      >
      <button class="quiet" type="button" @click=${panel.reset}>${strings.reset}</button>
    </p>
    ${renderWrong(errors)}
  </section>`;
}

/** A list of all errors, also of those that belong to no field of the form. */
function renderWrong(errors: Readonly<Record<string, Words>>): TemplateResult | typeof nothing {
  const entries = Object.entries(errors);
  if (!entries.length) return nothing;
  return html`<div class="notice" data-kind="bad" role="alert">
    <b>${strings.wrong}</b>
    <ul>
      ${entries.map(([path, message]) => html`<li>${path ? `${path}: ` : ''}${message}</li>`)}
    </ul>
  </div>`;
}
