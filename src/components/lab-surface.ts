import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { CanvasDrawing } from './canvas-drawing.ts';
import { channels, readColors } from './colors.ts';
import { base } from './styles.ts';

/** A classifier's probabilities on a square grid. */
export interface Surface {
  size: number;
  /** classes */
  outputs: number;
  /** probabilities [size, size, outputs], top row first */
  values: ArrayLike<number>;
}

/** Points of the plane with their classes. */
export interface Scatter {
  /** [rows, 2] */
  positions: ArrayLike<number>;
  labels: ArrayLike<number>;
}

/** Colours of the classes, in order; each class has a shape of its own as well. */
const CLASS_COLORS = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'] as const;
type Tokens = (typeof CLASS_COLORS)[number] | 'card' | 'ink';

/** Opacity of the ground where the model is certain. */
const CERTAIN = 0.62;

/**
 * The plane as a classifier sees it: the colour of the likeliest class, paler where it is unsure, and the points
 * it learns from, each class in its own colour and shape.
 *
 * @csspart canvas - the picture
 */
export class LabSurface extends LitElement {
  static override styles = [
    base,
    css`
      canvas {
        display: block;
        width: 100%;
        aspect-ratio: 1;
        border-radius: 8px;
        border: 1px solid var(--lab-line);
      }
    `,
  ];

  /** What the model answers. */
  @property({ attribute: false }) surface?: Surface | undefined;
  /** The points. */
  @property({ attribute: false }) points?: Scatter | undefined;
  /** The picture reaches from −extent to extent. */
  @property({ type: Number }) extent = 2.4;
  /** What it shows, for those who do not see it. */
  @property() label = '';

  @query('canvas') private canvas!: HTMLCanvasElement;
  private readonly drawing = new CanvasDrawing(this, () => this.draw());
  private readonly grid = document.createElement('canvas');

  protected override updated(): void {
    this.drawing.request();
  }

  protected override render(): TemplateResult {
    return html`<canvas part="canvas" role="img" aria-label=${this.label}></canvas>`;
  }

  private draw(): void {
    const side = Math.round(this.canvas.clientWidth * devicePixelRatio);
    if (!side) return;
    if (this.canvas.width !== side) this.canvas.width = this.canvas.height = side;
    const colors = readColors<Tokens>(this, [...CLASS_COLORS, 'card', 'ink']);
    const ctx = this.canvas.getContext('2d')!;
    ctx.fillStyle = colors.card;
    ctx.fillRect(0, 0, side, side);
    if (this.surface) this.drawSurface(ctx, this.surface, colors);
    if (this.points) this.drawPoints(ctx, this.points, colors);
  }

  /** One pixel per grid point, then stretched smoothly: grid points are the centres of cells. */
  private drawSurface(
    ctx: CanvasRenderingContext2D,
    { size, outputs, values }: Surface,
    colors: Record<Tokens, string>,
  ): void {
    this.grid.width = this.grid.height = size;
    const context = this.grid.getContext('2d')!;
    const image = context.createImageData(size, size);
    const classes = CLASS_COLORS.slice(0, outputs).map((name) => channels(colors[name]));
    for (let cell = 0; cell < size * size; cell++) {
      let [red, green, blue, top] = [0, 0, 0, 0];
      for (let k = 0; k < outputs; k++) {
        const p = values[cell * outputs + k]!;
        const [r, g, b] = classes[k]!;
        red += p * r;
        green += p * g;
        blue += p * b;
        top = Math.max(top, p);
      }
      const certainty = (top - 1 / outputs) / (1 - 1 / outputs);
      image.data.set([red, green, blue, 255 * CERTAIN * Math.sqrt(Math.max(0, certainty))], 4 * cell);
    }
    context.putImageData(image, 0, 0);
    ctx.imageSmoothingQuality = 'high';
    ctx.drawImage(this.grid, 0, 0, ctx.canvas.width, ctx.canvas.height);
  }

  private drawPoints(
    ctx: CanvasRenderingContext2D,
    { positions, labels }: Scatter,
    colors: Record<Tokens, string>,
  ): void {
    const side = ctx.canvas.width;
    const crowd = labels.length > 1200 ? 0.6 : labels.length > 500 ? 0.8 : 1;
    const radius = (3.2 * crowd * devicePixelRatio * this.canvas.clientWidth) / 340;
    const place = (value: number): number => (value / (2 * this.extent) + 0.5) * side;
    ctx.strokeStyle = colors.card;
    ctx.lineWidth = 1.1 * devicePixelRatio * crowd;
    for (let k = 0; k < CLASS_COLORS.length; k++) {
      const path = new Path2D();
      for (let i = 0; i < labels.length; i++) {
        if (labels[i] === k)
          addShape(path, k, place(positions[2 * i]!), place(-positions[2 * i + 1]!), radius);
      }
      ctx.fillStyle = colors[CLASS_COLORS[k]!];
      ctx.fill(path);
      ctx.stroke(path);
    }
  }
}

/** A circle, square, triangle, diamond, … so that classes differ by more than colour. */
function addShape(path: Path2D, kind: number, x: number, y: number, radius: number): void {
  if (kind === 0) {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  const corners = [0, 4, 3, 4, 5, 6][kind]!;
  const turn = kind === 1 ? Math.PI / 4 : -Math.PI / 2;
  for (let corner = 0; corner < corners; corner++) {
    const angle = turn + (2 * Math.PI * corner) / corners;
    const reach = radius * 1.2;
    path[corner ? 'lineTo' : 'moveTo'](x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  path.closePath();
}
