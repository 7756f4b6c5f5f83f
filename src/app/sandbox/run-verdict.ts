/** What a single run of the sandbox says so far: its loss beside the floor, and the metrics of its task. */
import { html, nothing, type TemplateResult } from 'lit';
import { loss, measured } from '../../components/index.ts';
import { strings as shared } from '../experiments/experiment-strings.ts';
import type { LiveRun } from '../runs/live-run.ts';
import { numbersOf } from './keep-run.ts';
import { strings } from './sandbox-strings.ts';
import { metricLabel } from './words.ts';

/** Numbers that are not metrics of the task. */
const FACTS = ['loss', 'trainLoss', 'parameters', 'steps', 'seconds', 'floor'];

export function renderRunVerdict({ history, info, step }: LiveRun): TemplateResult {
  const held = history.validation.latest;
  const begun = info && held !== undefined && history.training.length > 0;
  const metrics = begun
    ? Object.entries(numbersOf({ info, history, step })).filter(([name]) => !FACTS.includes(name))
    : [];
  const rare = new Map(metrics).get('rareShare') ?? 0;
  return html`<div class="verdict">
    <b>${shared.soFar}</b>
    <p>${begun ? sentence(held, info.floor) : strings.notYet}</p>
    ${
      metrics.length
        ? html`<dl class="metrics" aria-label=${strings.metrics}>
            ${metrics.map(
              ([name, value]) =>
                html`<div>
                  <dt>${metricLabel(name)}</dt>
                  <dd>${measured(value, 3)}</dd>
                </div>`,
            )}
          </dl>`
        : nothing
    }
    ${rare > 0 ? html`<p data-testid="rare-result">${strings.text.rareResult(shared.percent(rare))}</p>` : nothing}
  </div>`;
}

/** By how much a run may fall below the floor, which is an estimate on a finite sample, before it is said. */
const NOTABLE = 0.01;

function sentence(held: number, floor: number | undefined): string {
  if (floor === undefined || floor <= 0) return strings.heldOut(loss(held));
  const above = held - floor;
  return strings.aboveFloor(loss(held), loss(above)) + (above < -NOTABLE ? ` ${strings.shortfall}` : '');
}
