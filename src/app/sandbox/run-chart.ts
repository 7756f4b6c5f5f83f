/** The chart of a single run in the sandbox: its loss curves between guessing and the floor, over those of kept runs. */
import { html, type TemplateResult } from 'lit';
import { type ChartSeries, loss, type Prediction, type ReferenceLine } from '../../components/index.ts';
import { strings as shared } from '../experiments/experiment-strings.ts';
import type { LiveRun } from '../runs/live-run.ts';
import { axesOf, lossCurves } from '../runs/loss-curves.ts';
import { strings } from './sandbox-strings.ts';

const DRAWN = { kind: 'curve' } as const;

export interface RunChart {
  live: LiveRun;
  unit: 'tokens' | 'points';
  device: string | undefined;
  /** curves of kept runs */
  overlays: readonly ChartSeries[];
  prediction: Prediction | undefined;
  /** the learner is asked to draw one */
  predicting: boolean;
}

export function renderRunChart(of: RunChart): TemplateResult {
  const { live, unit, overlays, prediction, predicting } = of;
  const { info, history } = live;
  return html`<lab-chart
    .series=${[...overlays, ...lossCurves(history, undefined)]}
    .lines=${linesOf(live)}
    .axes=${axesOf(info, history, unit)}
    .label=${strings.chart}
    .caption=${captionOf(of)}
    .yLabel=${info?.guessLoss === undefined ? strings.error : strings.loss}
    .prediction=${prediction}
    .asked=${predicting ? DRAWN : undefined}
  ></lab-chart>`;
}

/** What stands below an exported picture. */
function captionOf({ live: { info }, device }: RunChart): string {
  return [info && shared.parameters(info.parameters), device].filter(Boolean).join(' · ');
}

function linesOf({ info, history }: LiveRun): ReferenceLine[] {
  const { floor, guessLoss: guess } = info ?? {};
  const lines: ReferenceLine[] = [];
  if (guess !== undefined)
    lines.push({
      value: guess,
      label: strings.guess(loss(guess)),
      color: 'ink-3',
      dash: [4, 4],
      optional: history.validation.length > 2,
    });
  if (floor !== undefined && floor > 0)
    lines.push({ value: floor, label: strings.floor(loss(floor)), color: 'hold', below: true });
  return lines;
}
