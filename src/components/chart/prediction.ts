/** A learner's prediction over the plot: a dashed line, and the field in which it is drawn. */
import type uPlot from 'uplot';
import { measured } from '../format.ts';
import { strings } from '../strings.ts';
import { PredictionPen } from './chart-pen.ts';
import type { Asked, Prediction } from './types.ts';

const SVG = 'http://www.w3.org/2000/svg';

export class PredictionLayer {
  private readonly picture = document.createElementNS(SVG, 'svg');
  private readonly path = document.createElementNS(SVG, 'path');
  private readonly pen: PredictionPen;

  constructor(host: EventTarget) {
    this.pen = new PredictionPen(host, strings, measured);
    this.picture.classList.add('prediction');
    this.picture.setAttribute('aria-hidden', 'true');
    this.picture.append(this.path);
  }

  get dragging(): boolean {
    return this.pen.dragging;
  }

  focus(): void {
    this.pen.focus();
  }

  /** @param ground an element over the plot, apart from it: the plot is a control itself */
  draw(plot: uPlot, ground: HTMLElement, prediction: Prediction | undefined, asked: Asked | undefined): void {
    const { left, top, width, height } = plot.bbox;
    const px = (value: number): string => `${value / devicePixelRatio}px`;
    Object.assign(ground.style, { left: px(left), top: px(top), width: px(width), height: px(height) });
    if (!prediction) this.picture.remove();
    else {
      if (this.picture.parentElement !== ground) ground.append(this.picture);
      this.path.setAttribute('d', line(plot, prediction));
    }
    this.pen.draw(plot, ground, asked, prediction);
  }
}

function line(plot: uPlot, { kind, points }: Prediction): string {
  const { clientWidth: width, clientHeight: height } = plot.over;
  const places = points.map(([x, y]) => [plot.valToPos(x, 'x'), plot.valToPos(y, 'y')] as const);
  const [left, top] = places[0]!;
  if (kind === 'level') return `M0 ${top}H${width}`;
  if (kind === 'point') return `M${left} 0V${height}`;
  return smooth(places);
}

/** Through the middles between neighbours, bent towards the points. */
export function smooth(places: readonly (readonly [number, number])[]): string {
  const middle = (i: number): string => {
    const [[x0, y0], [x1, y1]] = [places[i]!, places[i + 1]!];
    return `${(x0 + x1) / 2} ${(y0 + y1) / 2}`;
  };
  const bends = places.slice(1, -1).map((place, i) => `Q${place.join(' ')} ${middle(i + 1)}`);
  return `M${places[0]!.join(' ')}${bends.join('')}L${places.at(-1)!.join(' ')}`;
}
