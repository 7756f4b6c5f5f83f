/** Pictures of the sandbox's model: a surface for points of the plane, texts and attention for a transformer. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Attention, SampleRow, Scatter, SegmentEvent, Surface } from '../../components/index.ts';
import type { View, ViewRequest } from '../../worker/protocol.ts';
import type { LiveRun } from '../runs/live-run.ts';
import { ViewFeed } from '../runs/view-feed.ts';
import { strings } from './sandbox-strings.ts';

/** Grid points along a side of the surface, and how far it reaches. */
const GRID = 80;
const EXTENT = 2.4;
const SAMPLE_ROWS = 5;

export class SandboxViews {
  private surface: Surface | undefined;
  private points: Scatter | undefined;
  private attention: Attention | undefined;
  private samples: { rows: SampleRow[]; prompt: number } | undefined;
  private layer = 0;
  private head = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly live: LiveRun,
  ) {
    const apply = (view: View): void => this.apply(view);
    new ViewFeed(
      host,
      [
        { every: 100, request: () => this.surfaceRequest(), apply },
        { every: 250, request: () => this.attentionRequest(), apply },
        { every: 1500, request: () => this.samplesRequest(), apply },
      ],
      (request) => live.view(request),
      () => live.state,
    );
  }

  forget(): void {
    this.surface = this.points = this.attention = this.samples = undefined;
  }

  /** A run is open. */
  opened(): void {
    this.layer = Math.min(this.layer, Math.max(0, this.model.layers - 1));
    this.head = Math.min(this.head, this.model.heads - 1);
    if (!this.isPlane) return;
    void this.live.points().then((points) => {
      this.points = points;
      this.host.requestUpdate();
    });
  }

  /** The surface; it stands beside the curves. */
  renderPlane(): TemplateResult | typeof nothing {
    if (!this.isPlane) return nothing;
    return html`<div class="plane">
      <h2>${strings.surface}</h2>
      <lab-surface
        .surface=${this.surface}
        .points=${this.points}
        .extent=${EXTENT}
        .label=${strings.surfaceLabel}
      ></lab-surface>
    </div>`;
  }

  /** A transformer's texts and attention. */
  renderText(): TemplateResult | typeof nothing {
    if (!this.isTransformer) return nothing;
    return html`<div class="panels halves">
      <section class="card" aria-labelledby="samples-title">
        <h2 id="samples-title">${strings.samples}</h2>
        <lab-samples .rows=${this.samples?.rows ?? []} .prompt=${this.samples?.prompt ?? 0}></lab-samples>
      </section>
      ${this.model.layers > 0 ? this.renderAttention() : nothing}
    </div>`;
  }

  private renderAttention(): TemplateResult {
    const { layers, heads } = this.model;
    return html`<section class="card" aria-labelledby="attention-title">
      <h2 id="attention-title">${strings.attention}</h2>
      <div class="panelbar">${this.renderChoice('layer', layers)} ${this.renderChoice('head', heads)}</div>
      <lab-attention
        .attention=${this.attention}
        .head=${this.head}
        .label=${strings.attentionLabel(this.layer + 1, this.head + 1)}
      ></lab-attention>
    </section>`;
  }

  private renderChoice(key: 'layer' | 'head', count: number): TemplateResult | typeof nothing {
    if (count < 2) return nothing;
    return html`<lab-segments
      .label=${strings[key]}
      .options=${Array.from({ length: count }, (_, i) => [String(i), String(i + 1)] as const)}
      .value=${String(this[key])}
      @lab-segment=${({ value }: SegmentEvent) => {
        this[key] = Number(value);
        this.host.requestUpdate();
      }}
    ></lab-segments>`;
  }

  get isPlane(): boolean {
    const spec = this.live.info?.spec;
    return spec?.task.name === 'shapes' && spec.model.kind === 'mlp';
  }

  private get isTransformer(): boolean {
    return this.live.info?.spec.model.kind === 'transformer';
  }

  private get model(): { layers: number; heads: number } {
    const model = this.live.info?.spec.model;
    return model?.kind === 'transformer' ? model : { layers: 0, heads: 1 };
  }

  private surfaceRequest(): ViewRequest | undefined {
    return this.isPlane ? { kind: 'surface', size: GRID, extent: EXTENT } : undefined;
  }

  private attentionRequest(): ViewRequest | undefined {
    return this.layer < this.model.layers ? { kind: 'attention', layer: this.layer, row: 0 } : undefined;
  }

  private samplesRequest(): ViewRequest | undefined {
    if (!this.isTransformer) return undefined;
    const { length } = this.live.info!.spec.task as { length?: number };
    return {
      kind: 'samples',
      rows: SAMPLE_ROWS,
      prompt: Math.max(1, Math.floor((length ?? 8) / 4)),
      temperature: 1,
    };
  }

  private apply(view: View): void {
    if (view.kind === 'surface') this.surface = view;
    else if (view.kind === 'attention') this.attention = view;
    else this.samples = view;
    this.host.requestUpdate();
  }
}
