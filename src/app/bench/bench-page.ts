import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import type { Comparison } from '../../bench/compare.ts';
import { PEER_NAMES, WORKLOAD_NAMES } from '../../bench/names.ts';
import type { BenchEvent } from '../../bench/service.ts';
import { startBench, type RunningBench } from '../../worker/bench-start.ts';
import type { DeviceReport } from '../../worker/protocol.ts';
import { AnnounceEvent } from '../frame/announce.ts';
import '../device/lab-diagnostics.ts';
import { strings } from './bench-strings.ts';
import { FLOOR, resultText, rowsOf, short, type ResultRow } from './result-text.ts';

/** What a visitor gets without choosing: some seconds on a laptop. */
const USUAL = ['mlp', 'tiny-mlp', 'tiny-mlp-64', 'matmul-256', 'matmul-512'];
const SECONDS = [1, 5, 20];

/** The benchmark in the visitor's browser: choose, run, read, copy. */
export class BenchPage extends PageElement {
  /** Gives the worker that times. */
  @property({ attribute: false }) start: () => RunningBench = startBench;
  /** Tells of the device that the lab trains on. */
  @property({ attribute: false }) device: (() => Promise<DeviceReport>) | undefined;

  @state() private workloads: ReadonlySet<string> = new Set(USUAL);
  @state() private peers: ReadonlySet<string> = new Set(PEER_NAMES);
  @state() private seconds = SECONDS[0]!;
  @state() private running: RunningBench | undefined;
  /** what is being done, or how it ended */
  @state() private status = '';
  @state() private adapter = '';
  @state() private date = '';
  @state() private comparisons: readonly Comparison[] = [];
  @state() private problems: readonly string[] = [];
  @state() private copied = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.end('');
  }

  protected override render(): TemplateResult {
    return html`<div class="page bench">
      <header>
        <p class="eyebrow">${strings.title}</p>
        <h1 tabindex="-1">${strings.question}</h1>
        <p>${strings.description}</p>
        <lab-diagnostics .device=${this.device}></lab-diagnostics>
      </header>
      <form @submit=${(event: Event) => this.submit(event)}>
        ${this.renderChoices(strings.workloads, WORKLOAD_NAMES, this.workloads, (all) => (this.workloads = all))}
        ${this.renderChoices(strings.peers, PEER_NAMES, this.peers, (all) => (this.peers = all), strings.download)}
        <label
          >${strings.seconds}
          <select
            ?disabled=${this.running !== undefined}
            @change=${(event: Event) => (this.seconds = Number((event.target as HTMLSelectElement).value))}
          >
            ${SECONDS.map((n) => html`<option .selected=${n === this.seconds}>${n}</option>`)}
          </select>
        </label>
        <p class="actions">
          <button class="pill" type="submit" ?disabled=${!this.running && this.workloads.size === 0}>
            ${this.running ? strings.stop : strings.run}
          </button>
          <span class="status">${this.status}</span>
        </p>
      </form>
      ${this.problems.map((problem) => html`<p class="notice" data-kind="bad">${problem}</p>`)}
      ${this.comparisons.length ? this.renderResult() : nothing}
    </div>`;
  }

  private renderChoices(
    legend: string,
    names: readonly string[],
    chosen: ReadonlySet<string>,
    change: (chosen: Set<string>) => void,
    help?: string,
  ): TemplateResult {
    const toggle = (name: string): void => {
      const all = new Set(chosen);
      if (!all.delete(name)) all.add(name);
      change(all);
    };
    return html`<fieldset ?disabled=${this.running !== undefined}>
      <legend>${legend}</legend>
      ${names.map(
        (name) =>
          html`<label
            ><input
              type="checkbox"
              name=${name}
              .checked=${chosen.has(name)}
              @change=${() => toggle(name)}
            />${name}</label
          >`,
      )}
      ${help ? html`<p class="caption">${help}</p>` : nothing}
    </fieldset>`;
  }

  private renderResult(): TemplateResult {
    return html`<section>
      <div class="table" tabindex="0" role="group" aria-label=${strings.result(this.adapter)}>
        <table>
          <caption>
            ${strings.result(this.adapter)}
          </caption>
          <thead>
            <tr>
              <th scope="col">${strings.workload}</th>
              <th scope="col">${strings.engine}</th>
              <th scope="col">${strings.msPerStep}</th>
              <th scope="col">${strings.ratio}</th>
              <th scope="col">${strings.dispatches}</th>
            </tr>
          </thead>
          <tbody>
            ${this.comparisons.flatMap(rowsOf).map((row) => this.renderRow(row))}
          </tbody>
        </table>
      </div>
      <p class="caption">${strings.floorHelp}</p>
      <p class="actions">
        <button class="pill" type="button" @click=${() => void this.copy()}>${strings.copy}</button>
        <span>${this.copied}</span>
      </p>
    </section>`;
  }

  private renderRow({ workload, engine, msPerStep, ratio, dispatches, failure }: ResultRow): TemplateResult {
    return html`<tr>
      <th scope="row">${workload}</th>
      <td>${engine === FLOOR ? strings.floor : engine}</td>
      ${
        failure === undefined
          ? html`<td>${short(msPerStep)}</td>
              <td>${ratio?.toFixed(2)}</td>
              <td>${dispatches}</td>`
          : html`<td colspan="3">${failure}</td>`
      }
    </tr>`;
  }

  private submit(event: Event): void {
    event.preventDefault();
    if (this.running) this.end(strings.stopped);
    else void this.run();
  }

  private async run(): Promise<void> {
    const running = (this.running = this.start());
    this.comparisons = this.problems = [];
    this.copied = '';
    this.say(strings.starting);
    const { workloads, peers, seconds } = this;
    const named = (names: readonly string[], chosen: ReadonlySet<string>): string[] =>
      names.filter((name) => chosen.has(name));
    const request = { workloads: named(WORKLOAD_NAMES, workloads), peers: named(PEER_NAMES, peers), seconds };
    try {
      await running.run(request, (each) => {
        if (running === this.running) this.hear(each);
      });
      if (running === this.running) this.end(strings.done);
    } catch (error) {
      if (running !== this.running) return;
      this.problems = [...this.problems, (error as Error).message];
      this.end('');
    }
  }

  private hear(event: BenchEvent): void {
    switch (event.kind) {
      case 'adapter':
        this.adapter = event.name;
        this.date = new Date().toISOString();
        break;
      case 'loading':
        this.status = strings.loading(event.name);
        break;
      case 'begins':
        this.status = strings.running(event.name);
        break;
      case 'failed':
        this.problems = [...this.problems, strings.failed(event.name, event.message)];
        break;
      case 'done':
        this.comparisons = [...this.comparisons, event.comparison];
        break;
    }
  }

  /** Nothing is timed from here on: the worker is gone with all that it held. */
  private end(status: string): void {
    this.running?.end();
    this.running = undefined;
    this.say(status);
  }

  private say(status: string): void {
    this.status = status;
    if (status) this.dispatchEvent(new AnnounceEvent(status));
  }

  private async copy(): Promise<void> {
    const { adapter, date, comparisons } = this;
    try {
      await navigator.clipboard.writeText(resultText({ adapter, date, comparisons }));
      this.copied = strings.copied;
    } catch {
      this.copied = strings.closed;
    }
    this.dispatchEvent(new AnnounceEvent(this.copied));
  }
}
