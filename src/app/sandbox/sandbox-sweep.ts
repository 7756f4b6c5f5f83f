import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Command, CommandEvent } from '../../components/index.ts';
import { PageElement } from '../../components/element.ts';
import type { FormDescription, Lab } from '../../worker/protocol.ts';
import { renderAxes } from './axis-editor.ts';
import type { Draft } from './draft.ts';
import type { SweepDraft } from './sweep-draft.ts';
import { saveSweep } from './sweep-files.ts';
import { renderGrid } from './sweep-grid.ts';
import { SweepLaw } from './sweep-law.ts';
import { finished, renderRefusal, renderResume, renderTrouble } from './sweep-notices.ts';
import { SweepPlan, type Swept } from './sweep-plan.ts';
import { strings } from './sweep-strings.ts';

/** A sweep: its axes, its runs as they go, and the law through their results. */
export class SandboxSweep extends PageElement implements Swept {
  /** The engine. */
  @property({ attribute: false }) lab!: Lab;
  @property({ attribute: false }) form!: FormDescription;
  /** What all runs have in common. */
  @property({ attribute: false }) base: Draft = {};
  @property({ attribute: false }) sweep!: SweepDraft;

  private readonly plan = new SweepPlan(this, this, ({ kind }) => {
    if (kind === 'finished') this.dispatchEvent(finished());
  });
  private readonly law = new SweepLaw(this, () => this.lab, this.plan);

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('base') || changes.has('sweep')) this.plan.read();
  }

  protected override render(): TemplateResult {
    const { plan, law } = this;
    const { run, control } = plan;
    return html`<section class="card sweep" aria-label=${strings.title}>
        ${renderAxes({
          sweep: this.sweep,
          base: this.base,
          form: this.form,
          wrong: plan.wrongAxis,
          change: (sweep) => this.change(sweep),
        })}
        ${plan.questions.render()} ${renderRefusal(plan)} ${this.renderTools()}
      </section>
      <section class="figure card" aria-label=${strings.runs}>
        ${
          run.resumes
            ? renderResume(
                () => this.onCommand('run'),
                () => run.reset(),
              )
            : nothing
        }
        <lab-plan-bar
          .phase=${run.barPhase}
          .entries=${run.entries}
          .progress=${run.progress}
          .steps=${run.steps}
          .changed=${control.pending}
          .building=${run.building}
          .estimate=${run.estimate}
          @lab-command=${({ command }: CommandEvent) => this.onCommand(command)}
        ></lab-plan-bar>
        ${renderTrouble(plan)} ${renderGrid(plan, this, law.fitted)}
      </section>
      ${run.begun ? law.render() : nothing}`;
  }

  /** How large the sweep is, and the sweep as a file. */
  private renderTools(): TemplateResult {
    const { plan } = this;
    return html`<p class="row">
      <b>${plan.runs.length ? plan.size : nothing}</b>
      <label class="quiet file"
        >${strings.load}<input
          class="visually-hidden"
          type="file"
          accept=".json,application/json"
          @change=${(event: Event) => void this.load(event.target as HTMLInputElement)}
      /></label>
      <button
        class="quiet"
        type="button"
        title=${strings.saveHelp}
        ?disabled=${!plan.input || plan.problems.length > 0}
        @click=${() => saveSweep(plan.input!)}
      >
        ${strings.save}
      </button>
    </p>`;
  }

  private change(sweep: SweepDraft, base?: Draft): void {
    this.dispatchEvent(new CustomEvent('sandbox-sweep-change', { detail: { sweep, base } }));
  }

  private onCommand(command: Command): void {
    if (command === 'run' || command === 'restart' || command === 'reset') this.plan.stopped = false;
    this.plan.control.command(command);
  }

  private async load(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    input.value = '';
    const read = file && (await this.plan.load(file));
    if (read) this.change(read.sweep, read.base);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sandbox-sweep': SandboxSweep;
  }
}
