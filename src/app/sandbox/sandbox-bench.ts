/** The settings, the run or sweep that they describe, and the runs that were kept. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FormDescription, Lab } from '../../worker/protocol.ts';
import { renderSlow, smallSizesButton } from '../device/device-notice.ts';
import { type Draft, firstOn, isSmall, SMALL } from './draft.ts';
import type { SandboxRecords } from './sandbox-records.ts';
import type { SandboxSettings } from './sandbox-settings.ts';
import { strings } from './sandbox-strings.ts';
import { renderSettings } from './settings-panel.ts';
import type { SweepDraft } from './sweep-draft.ts';

export interface Workbench {
  settings: SandboxSettings;
  records: SandboxRecords;
  lab: Lab;
  mark: string | undefined;
}

/** As soon as the engine has said what can be set. */
export function renderWorkbench(bench: Workbench): TemplateResult {
  const { form, questions } = bench.settings;
  return html`${questions.render(form ? nothing : html`<p class="caption">${strings.loading}</p>`)}
  ${form ? renderTools(form, bench) : nothing}`;
}

function renderTools(form: FormDescription, bench: Workbench): TemplateResult {
  const { settings, records } = bench;
  const { draft, device, mode } = settings;
  return html`${renderForm(form, settings)}
    <div class="workbench">
      ${renderSlow(device, isSmall(draft) ? nothing : smallSizesButton(() => settings.begin(SMALL)))}
      ${mode === 'run' ? renderRun(bench) : renderSweep(form, bench)}
      <section class="card">
        <div class="panelbar">
          <p class="milestone" role="status">${records.said}</p>
          ${
            mode === 'run'
              ? html`<button class="quiet" type="button" @click=${() => void records.keep()}>
                  ${strings.keep}
                </button>`
              : nothing
          }
          <lab-share .make=${() => records.share()}></lab-share>
        </div>
        ${records.kept.render()}
      </section>
    </div>`;
}

function renderForm(form: FormDescription, settings: SandboxSettings): TemplateResult {
  const { draft, mode, errors, rare, textNote } = settings;
  return renderSettings({
    ...{ form, draft, mode, errors, rare, textNote },
    size: settings.valid,
    setMode: (mode) => settings.setMode(mode),
    set: (path, value) => settings.set(path, value),
    setText: (text, note) => {
      settings.put({ textNote: note });
      settings.set('task.text', text);
    },
    reset: () => settings.begin(firstOn(settings.device)),
  });
}

function renderRun({ settings, records, lab, mark }: Workbench): TemplateResult {
  return html`<sandbox-run
    .lab=${lab}
    .spec=${settings.valid?.spec}
    .draft=${settings.valid?.draft}
    .unchecked=${!settings.isChecked}
    .device=${settings.device}
    .overlays=${records.kept.overlays('loss')}
    .prediction=${records.prediction}
    .predicting=${records.predicting}
    .mark=${mark}
  ></sandbox-run>`;
}

function renderSweep(form: FormDescription, { settings, lab }: Workbench): TemplateResult {
  return html`<sandbox-sweep
    .lab=${lab}
    .form=${form}
    .base=${settings.draft}
    .sweep=${settings.sweep}
    @sandbox-sweep-change=${({ detail }: CustomEvent<{ sweep: SweepDraft; base?: Draft }>) =>
      settings.setSweep(detail.sweep, detail.base)}
  ></sandbox-sweep>`;
}
