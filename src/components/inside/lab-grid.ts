/** A grid with one pixel per cell, which the style sheet stretches: cheap to draw at any size. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { channels, readColors } from '../colors.ts';
import { define } from '../define.ts';
import { ThemeWatch } from '../theme-watch.ts';

/** The signs of 64 levels, as `findings/pictures.ts` writes them. */
const LEVELS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export class LabInsideGrid extends LitElement {
  static override styles = css`
    :host {
      display: block;
      min-width: 0;
      background: var(--lab-wash);
    }
    canvas {
      display: block;
      width: 100%;
      height: 100%;
      image-rendering: pixelated;
    }
  `;

  /** A sign for each cell, row by row. */
  @property() levels = '';
  @property({ type: Number }) columns = 1;
  @query('canvas') private canvas!: HTMLCanvasElement;

  constructor() {
    super();
    new ThemeWatch(this, () => this.draw());
  }

  protected override render(): TemplateResult {
    return html`<canvas aria-hidden="true"></canvas>`;
  }

  protected override updated(_changed: PropertyValues): void {
    this.draw();
  }

  private draw(): void {
    const { levels, columns, canvas } = this;
    const rows = Math.ceil(levels.length / columns);
    if (!rows || !this.isConnected) return;
    [canvas.width, canvas.height] = [columns, rows];
    const context = canvas.getContext('2d')!;
    const image = context.createImageData(columns, rows);
    const [red, green, blue] = channels(readColors(this, ['accent']).accent);
    for (let i = 0; i < levels.length; i++) {
      // The square root makes small values visible.
      const alpha = 255 * Math.sqrt(Math.max(0, LEVELS.indexOf(levels[i]!)) / 63);
      image.data.set([red, green, blue, alpha], 4 * i);
    }
    context.putImageData(image, 0, 0);
  }
}

define('lab-inside-grid', LabInsideGrid);
