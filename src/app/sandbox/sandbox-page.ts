import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import type { MarkEvent, PredictionEvent, TryEvent } from '../../components/index.ts';
import type { Lab } from '../../worker/protocol.ts';
import type { Curriculum } from '../curriculum.ts';
import { ProgressEvent } from '../frame/progress.ts';
import { SpokenProse } from '../spoken-prose.ts';
import { renderWorkbench } from './sandbox-bench.ts';
import { renderHeader, renderProse } from './sandbox-prose.ts';
import { NAME } from './keep-run.ts';
import { SandboxRecords } from './sandbox-records.ts';
import type { SandboxRun } from './sandbox-run.ts';
import { SandboxSettings } from './sandbox-settings.ts';

/** All tasks, models and optimizers in one place: single runs, sweeps, and the runs that were kept. */
export class SandboxPage extends PageElement {
  /** The engine. */
  @property({ attribute: false }) lab!: Lab;
  /** Where the text comes from. */
  @property({ attribute: false }) curriculum!: Curriculum;

  private readonly text = new SpokenProse(
    this,
    () => NAME,
    () => this.curriculum,
  );
  @state() private mark: string | undefined;
  @query('sandbox-run') private run!: SandboxRun | null;

  private readonly settings = new SandboxSettings(this, () => this.lab);
  private readonly records = new SandboxRecords(this, {
    lab: () => this.lab,
    settings: this.settings,
    run: () => this.run,
  });

  override connectedCallback(): void {
    super.connectedCallback();
    const { settings, records } = this;
    void settings.questions.ask(() => settings.load(records.link));
  }

  protected override render(): TemplateResult {
    const { settings, records, mark, lab } = this;
    const { prose } = this.text;
    const run = (): SandboxRun | null => this.run;
    return html`<div
      class="sandbox"
      @lab-mark=${({ mark }: MarkEvent) => (this.mark = this.mark === mark ? undefined : mark)}
      @lab-try=${({ changes }: TryEvent) => settings.begin(changes)}
      @lab-prediction=${({ prediction }: PredictionEvent) => records.predict(prediction)}
      @sandbox-ended=${() => this.end()}
    >
      ${renderHeader(prose, records)} ${renderWorkbench({ settings, records, lab, mark })}
      ${prose ? renderProse(prose, mark, { settings, records, run }) : nothing}
    </div>`;
  }

  private end(): void {
    this.dispatchEvent(new ProgressEvent(NAME, 'run'));
    void this.records.end();
  }
}
