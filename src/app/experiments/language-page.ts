import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import {
  type Attention,
  type KnobValues,
  loss,
  type ReferenceLine,
  type SampleRow,
  type SegmentEvent,
  significant,
} from '../../components/index.ts';
import type { SpecInput, View, ViewRequest } from '../../worker/protocol.ts';
import { ExperimentPage } from './experiment-page.ts';
import { strings as shared } from './experiment-strings.ts';
import { axesOf, lossCurves } from '../runs/loss-curves.ts';
import { ViewFeed } from '../runs/view-feed.ts';
import { languageKnobs, languageSpec, smallLanguage } from './language-knobs.ts';
import { PLATEAUS } from './language-plateaus.ts';
import { strings } from './language-strings.ts';

const ATTENTION_EVERY_MS = 250;
const SAMPLES_EVERY_MS = 1500;
const SAMPLE_ROWS = 6;
/** Validation texts on which attention can be looked at. */
const TEXTS = 4;

/** A transformer learns a language whose entropy is known. */
export class LanguagePage extends ExperimentPage {
  @state() private attention: Attention | undefined;
  @state() private samples: { rows: SampleRow[]; prompt: number } | undefined;
  @state() private layer = 0;
  @state() private head = 0;
  @state() private text = 0;
  @state() private showPlateaus = false;

  constructor() {
    super(languageKnobs, smallLanguage);
    new ViewFeed(
      this,
      [
        {
          every: ATTENTION_EVERY_MS,
          request: () => this.attentionRequest(),
          apply: (view) => this.apply(view),
        },
        { every: SAMPLES_EVERY_MS, request: () => this.samplesRequest(), apply: (view) => this.apply(view) },
      ],
      (request) => this.live.view(request),
      () => this.live.state,
    );
  }

  protected override toSpec(values: KnobValues): SpecInput {
    return languageSpec(values);
  }

  protected override onOpened(): void {
    this.attention = undefined;
    const { layers, heads } = this.model;
    this.layer = Math.min(this.layer, Math.max(0, layers - 1));
    this.head = Math.min(this.head, heads - 1);
  }

  /** Layers and heads of the run that is open. */
  private get model(): { layers: number; heads: number } {
    const model = this.live.info?.spec.model;
    return model?.kind === 'transformer' ? model : { layers: 0, heads: 1 };
  }

  private attentionRequest(): ViewRequest | undefined {
    if (this.layer >= this.model.layers) return undefined;
    return { kind: 'attention', layer: this.layer, row: this.text };
  }

  private samplesRequest(): ViewRequest {
    const prompt = Math.max(4, (this.applied.length as number) / 8);
    return { kind: 'samples', rows: SAMPLE_ROWS, prompt, temperature: 1 };
  }

  private apply(view: View): void {
    if (view.kind === 'attention') this.attention = view;
    if (view.kind === 'samples') this.samples = view;
  }

  private get lines(): ReferenceLine[] {
    const { guessLoss, floor } = this.live.info ?? {};
    const lines: ReferenceLine[] = [];
    if (guessLoss !== undefined) {
      lines.push({ value: guessLoss, label: strings.guess(loss(guessLoss)), color: 'ink-3', dash: [4, 4] });
    }
    if (floor !== undefined) {
      lines.push({ value: floor, label: strings.floor(loss(floor)), color: 'hold', below: true });
    }
    if (this.showPlateaus) {
      (PLATEAUS[this.applied.length as number] ?? []).forEach((value, order) =>
        lines.push({
          value,
          label: `${strings.plateaus[order]!}: ${loss(value)}`,
          color: 'ink-3',
          dash: [1, 4],
        }),
      );
    }
    return lines;
  }

  protected override render(): TemplateResult {
    const { live } = this;
    return html`<div class="experiment">
      <header>
        <h1 tabindex="-1">${strings.title}</h1>
        <p class="lede">${strings.lede}</p>
      </header>
      <div class="figure">
        <section class="card stack" aria-label=${shared.figure}>
          <lab-chart
            .series=${lossCurves(live.history, this.previous)}
            .lines=${this.lines}
            .axes=${axesOf(live.info, live.history, 'tokens')}
            .label=${strings.chartLabel}
            .caption=${strings.chartCaption}
            .yLabel=${shared.loss}
          >
            <label class="check">
              <input
                type="checkbox"
                .checked=${this.showPlateaus}
                @change=${(event: Event) => (this.showPlateaus = (event.target as HTMLInputElement).checked)}
              />
              ${strings.showPlateaus}
            </label>
          </lab-chart>
          ${this.renderControls('tokens')} ${this.renderVerdict()}
        </section>
        <div class="panels halves">${this.renderSamples()} ${this.renderAttention()}</div>
      </div>
      ${this.renderArticle(strings)}
    </div>`;
  }

  private renderSamples(): TemplateResult {
    return html`<section class="card" aria-labelledby="samples-title">
      <h2 id="samples-title">${strings.samples}</h2>
      <lab-samples .rows=${this.samples?.rows ?? []} .prompt=${this.samples?.prompt ?? 0}></lab-samples>
      <p class="caption">${strings.samplesCaption}</p>
    </section>`;
  }

  private renderAttention(): TemplateResult {
    const { layers, heads } = this.model;
    const numbers = (count: number): [string, string][] =>
      Array.from({ length: count }, (_, i) => [String(i), String(i + 1)]);
    const choose =
      (key: 'layer' | 'head' | 'text') =>
      ({ value }: SegmentEvent): void => {
        this[key] = Number(value);
      };
    const picker = (key: 'layer' | 'head' | 'text', count: number): TemplateResult =>
      html`<lab-segments
        .label=${strings[key]}
        .options=${numbers(count)}
        .value=${String(this[key])}
        @lab-segment=${choose(key)}
      ></lab-segments>`;
    return html`<section class="card" aria-labelledby="attention-title">
      <h2 id="attention-title">${strings.attention}</h2>
      ${
        layers === 0 && this.live.info
          ? html`<p>${strings.noAttention}</p>`
          : html`<div class="panelbar">
                ${layers > 1 ? picker('layer', layers) : nothing}
                ${heads > 1 ? picker('head', heads) : nothing} ${picker('text', TEXTS)}
              </div>
              <lab-attention
                .attention=${this.attention}
                .head=${this.head}
                .label=${strings.attentionLabel(this.layer + 1, this.head + 1)}
                .hint=${strings.attentionHint}
              ></lab-attention>`
      }
    </section>`;
  }

  private renderVerdict(): TemplateResult {
    const held = this.live.history.validation.latest;
    const floor = this.live.info?.floor;
    return html`<div class="verdict">
      <b>${shared.soFar}</b>
      <p>
        ${
          held === undefined || floor === undefined || this.live.history.training.length === 0
            ? strings.notYet
            : strings.verdict(loss(held), loss(held - floor), significant(Math.exp(held), 2))
        }
      </p>
    </div>`;
  }
}
