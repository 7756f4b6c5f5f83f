import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { CanvasDrawing } from './canvas-drawing.ts';
import { LabElement } from './element.ts';
import { channels, readColors } from './colors.ts';
import { strings } from './strings.ts';
import { strings as views } from './view-strings.ts';
import { base } from './styles.ts';

/** Attention weights of one layer on one text. */
export interface Attention {
  heads: number;
  length: number;
  /** [heads, length, length], row = the token that looks */
  weights: ArrayLike<number>;
  tokens: readonly string[];
}

/** Width of the margin for token labels, in multiples of the type's size. */
const MARGIN = 1.7;

/**
 * The attention weights of one head as a heat map: rows look at columns. Pointer and arrow keys read cells.
 *
 * @csspart canvas - the heat map
 * @csspart reading - the cell that is read, in words
 */
export class LabAttention extends LabElement {
  static override styles = [
    base,
    css`
      .map {
        position: relative;
        aspect-ratio: 1;
      }
      canvas {
        display: block;
        width: 100%;
        height: 100%;
        touch-action: pan-y;
      }
      p {
        margin: 6px 0 0;
        min-height: 2.8em;
        font-size: var(--lab-step--1);
        line-height: 1.4;
        color: var(--lab-ink-2);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  /** The weights. */
  @property({ attribute: false }) attention?: Attention | undefined;
  /** The head that is shown. */
  @property({ type: Number }) head = 0;
  /** What it shows, for those who do not see it. */
  @property() label = '';
  /** What stands below while no cell is read. */
  @property() hint = '';

  /** Row and column that are read. */
  @state() private cell: [query: number, key: number] | undefined;
  @query('canvas') private canvas!: HTMLCanvasElement;
  private readonly drawing = new CanvasDrawing(this, () => this.draw());
  private readonly grid = document.createElement('canvas');

  protected override updated(changed: PropertyValues): void {
    this.drawing.request(changed.has('cell') || changed.has('head'));
  }

  protected override render(): TemplateResult {
    const reading = this.describe();
    return html`<div class="map">
        <canvas
          part="canvas"
          role="slider"
          tabindex="0"
          aria-label="${this.label}. ${views.attentionHelp}"
          aria-valuemin="0"
          aria-valuemax=${(this.attention?.length ?? 1) ** 2 - 1}
          aria-valuenow=${this.cell ? this.cell[0] * (this.attention?.length ?? 1) + this.cell[1] : 0}
          aria-valuetext=${reading || strings.noData}
          @pointermove=${(event: PointerEvent) => this.onPointer(event)}
          @pointerdown=${(event: PointerEvent) => this.onPointer(event)}
          @pointerleave=${() => (this.cell = undefined)}
          @keydown=${(event: KeyboardEvent) => this.onKey(event)}
          @blur=${() => (this.cell = undefined)}
        ></canvas>
      </div>
      <p part="reading">${this.cell ? reading : this.hint}</p>`;
  }

  private weight(row: number, column: number): number {
    const { length, weights } = this.attention!;
    return weights[(this.head * length + row) * length + column] ?? NaN;
  }

  private describe(): string {
    if (!this.attention) return '';
    const { tokens } = this.attention;
    const [row, column] = this.cell ?? [0, 0];
    return views.attentionCell(
      tokens[row] ?? '',
      row,
      tokens[column] ?? '',
      column,
      this.weight(row, column).toFixed(3),
    );
  }

  /** Left and top margin and the size of a cell, px of the canvas. */
  private layOut(): { margin: number; size: number; font: number } {
    const root = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const font = 0.72 * root * devicePixelRatio;
    const margin = MARGIN * font;
    return { margin, size: (this.canvas.width - margin) / (this.attention?.length ?? 1), font };
  }

  private draw(): void {
    const side = Math.round(this.canvas.clientWidth * devicePixelRatio);
    if (!side) return;
    if (this.canvas.width !== side) this.canvas.width = this.canvas.height = side;
    const ctx = this.canvas.getContext('2d')!;
    const colors = readColors(this, ['card', 'wash', 'accent', 'ink', 'ink-2', 'c2']);
    ctx.clearRect(0, 0, side, side);
    const { margin, size, font } = this.layOut();
    ctx.fillStyle = colors.wash;
    ctx.fillRect(margin, margin, side - margin, side - margin);
    if (!this.attention) return;
    const { length, tokens } = this.attention;
    this.fillGrid(length, channels(colors.accent));
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(this.grid, margin, margin, side - margin, side - margin);

    const every = Math.ceil((font * 0.95) / size);
    ctx.font = `${Math.min(font, size * every)}px ${getComputedStyle(this).getPropertyValue('--lab-mono')}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    for (let t = 0; t < length; t++) {
      const read = this.cell?.includes(t);
      if (t % every && !read) continue;
      const center = margin + (t + 0.5) * size;
      ctx.fillStyle = this.cell?.[1] === t ? colors.ink : colors['ink-2'];
      ctx.fillText(tokens[t] ?? '', center, margin / 2);
      ctx.fillStyle = this.cell?.[0] === t ? colors.ink : colors['ink-2'];
      ctx.fillText(tokens[t] ?? '', margin / 2, center);
    }
    if (!this.cell) return;
    const [row, column] = this.cell;
    ctx.strokeStyle = colors.c2;
    ctx.lineWidth = 2 * devicePixelRatio;
    ctx.strokeRect(margin + column * size, margin + row * size, size, size);
  }

  /** One pixel per weight; the root makes small weights visible. */
  private fillGrid(length: number, [red, green, blue]: [number, number, number]): void {
    this.grid.width = this.grid.height = length;
    const context = this.grid.getContext('2d')!;
    const image = context.createImageData(length, length);
    for (let row = 0; row < length; row++) {
      for (let column = 0; column <= row; column++) {
        const alpha = 255 * Math.sqrt(Math.min(1, Math.max(0, this.weight(row, column))));
        image.data.set([red, green, blue, alpha], 4 * (row * length + column));
      }
    }
    context.putImageData(image, 0, 0);
  }

  /** Tokens look back only: above the diagonal there is nothing to read. */
  private onPointer(event: PointerEvent): void {
    if (!this.attention) return;
    const { margin, size } = this.layOut();
    const index = (offset: number): number => Math.floor((offset * devicePixelRatio - margin) / size);
    const [row, column] = [index(event.offsetY), index(event.offsetX)];
    const inside = row >= 0 && column >= 0 && row < this.attention.length && column <= row;
    this.cell = inside ? [row, column] : undefined;
  }

  private onKey(event: KeyboardEvent): void {
    const moves: Record<string, [number, number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const move = moves[event.key];
    if (!move || !this.attention) return;
    event.preventDefault();
    const [row, column] = this.cell ?? [this.attention.length - 1, this.attention.length - 1];
    const to = Math.min(this.attention.length - 1, Math.max(0, row + move[0]));
    this.cell = [to, Math.min(to, Math.max(0, column + move[1]))];
  }
}
