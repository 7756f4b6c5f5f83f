/** The chart of a figure is looked at, not drawn on: its reader draws on the picture that stands there before. */
import type { CSSResultGroup } from 'lit';
import type * as Full from '../../../src/components/chart/prediction-pen.ts';

export const penStyles: CSSResultGroup = [];
export const PredictionEvent = undefined as unknown as typeof Full.PredictionEvent;

export class PredictionPen implements Pick<Full.PredictionPen, keyof Full.PredictionPen> {
  dragging = false;
  focus(): void {
    // Nothing can be focused.
  }
  draw(): void {
    // Nothing is drawn.
  }
}
