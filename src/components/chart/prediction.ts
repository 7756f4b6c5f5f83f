/** A learner's prediction over the plot: a dashed line, with handles where it can be moved. */
import type uPlot from 'uplot';
import { PredictionHandles } from './prediction-handles.ts';
import { type Place, placesOf } from './prediction-places.ts';
import type { Prediction } from './types.ts';

const SVG = 'http://www.w3.org/2000/svg';

export class PredictionLayer {
  private readonly picture = document.createElementNS(SVG, 'svg');
  private readonly path = document.createElementNS(SVG, 'path');
  private readonly handles: PredictionHandles;

  constructor(host: EventTarget) {
    this.handles = new PredictionHandles(host);
    this.picture.classList.add('prediction');
    this.picture.setAttribute('aria-hidden', 'true');
    this.picture.append(this.path);
  }

  get dragging(): boolean {
    return this.handles.dragging;
  }

  focus(): void {
    this.handles.focus();
  }

  /** @param ground an element over the plot, apart from it: the plot is a control itself */
  draw(plot: uPlot, ground: HTMLElement, prediction: Prediction | undefined, editable: boolean): void {
    const { left, top, width, height } = plot.bbox;
    const px = (value: number): string => `${value / devicePixelRatio}px`;
    Object.assign(ground.style, { left: px(left), top: px(top), width: px(width), height: px(height) });
    const places = prediction ? placesOf(plot, prediction) : [];
    if (!prediction) this.picture.remove();
    else {
      if (this.picture.parentElement !== ground) ground.append(this.picture);
      this.path.setAttribute('d', line(plot, prediction, places));
    }
    this.handles.draw(plot, ground, prediction, editable ? places : []);
  }
}

function line(plot: uPlot, { kind }: Prediction, places: readonly Place[]): string {
  const { clientWidth: width, clientHeight: height } = plot.over;
  const [left, top] = places[0]!;
  if (kind === 'level') return `M0 ${top}H${width}`;
  if (kind === 'point') return `M${left} 0V${height}`;
  return `M${places.map((place) => place.join(' ')).join('L')}`;
}

/** Where a prediction starts: across the middle of the picture. */
export function neutral(
  kind: Prediction['kind'],
  [left, right, bottom, top]: readonly [number, number, number, number],
  { logX, logY }: { logX: boolean; logY: boolean },
): Prediction {
  const between = (low: number, high: number, share: number, log: boolean): number =>
    log ? low * (high / low) ** share : low + share * (high - low);
  const y = between(bottom, top, 0.5, logY);
  const shares = kind === 'curve' ? [0.04, 0.27, 0.5, 0.73, 0.96] : [0.5];
  // A level is the same everywhere.
  const at = (share: number): number => (kind === 'level' ? 0 : between(left, right, share, logX));
  return { kind, points: shares.map((share) => [at(share), y]) };
}
