import { html, LitElement, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { drawingInterval, type Surface } from '../components/index.ts';
import type { Lab } from '../worker/protocol.ts';
import { EXTENT, spiralPoints, spiralSurface, stairs } from './home-pictures.ts';
import { strings } from './home-strings.ts';

/** The picture of the spirals settles within this time, in so many drawings. */
const SETTLING_MS = 4000;
const DRAWINGS = 60;

/** The first page: the experiments, and what they will run on. */
export class HomePage extends LitElement {
  /** The engine. */
  @property({ attribute: false }) lab!: Lab;

  @state() private surface: Surface = spiralSurface(drawingInterval() ? 1 : 0);
  @state() private device: { state: string; text: string } = { state: 'asking', text: strings.asking };
  private readonly points = spiralPoints();
  private timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.findDevice();
    if (!drawingInterval()) this.settle();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { shape, language } = strings.cards;
    return html`<div class="home">
      <div class="hero">
        <h1 tabindex="-1">${strings.heading}</h1>
        <div>
          <p class="lede">${strings.lede}</p>
          <p class="device" data-state=${this.device.state}>${this.device.text}</p>
        </div>
      </div>
      <ul class="cards">
        <li class="card">
          <div class="picture square">
            <lab-surface
              .surface=${this.surface}
              .points=${this.points}
              .extent=${EXTENT}
              .label=${shape.picture}
            ></lab-surface>
          </div>
          ${this.renderText(shape, '#/shape')}
        </li>
        <li class="card">
          <div class="picture">${this.renderStairs()}</div>
          ${this.renderText(language, '#/language')}
        </li>
      </ul>
    </div>`;
  }

  private renderText(
    { heading, text, cta }: { heading: string; text: string; cta: string },
    href: string,
  ): TemplateResult {
    return html`<h2>${heading}</h2>
      <p>${text}</p>
      <a class="cta" href=${href}>${cta}</a>`;
  }

  private renderStairs(): TemplateResult {
    const { picture, guess, floor } = strings.cards.language;
    return html`<svg class="stairs" viewBox="0 0 520 300" role="img" aria-label=${picture}>
      <line class="guess" x1="8" x2="512" y1="40" y2="40" />
      <text x="512" y="32" text-anchor="end">${guess}</text>
      <line class="floor" x1="8" x2="512" y1="262" y2="262" />
      <text class="floor" x="512" y="284" text-anchor="end">${floor}</text>
      <path pathLength="1" d=${stairs(504, 42, 260)} transform="translate(8 0)" />
    </svg>`;
  }

  private async findDevice(): Promise<void> {
    try {
      const { name, software } = await this.lab.device();
      this.device = software
        ? { state: 'slow', text: strings.slow(name) }
        : { state: 'ok', text: strings.ready(name) };
    } catch (error) {
      this.device = { state: 'none', text: (error as Error).message };
    }
  }

  private settle(): void {
    let drawn = 0;
    this.timer = setInterval(() => {
      drawn++;
      this.surface = spiralSurface((drawn / DRAWINGS) ** 1.5);
      if (drawn >= DRAWINGS) clearInterval(this.timer);
    }, SETTLING_MS / DRAWINGS);
  }
}
