/** What stands below the chart: the learner makes a prediction, may replay the recorded run, and in the end sees both compared. */
import { html, nothing, type TemplateResult } from 'lit';
import { people } from '../../components/index.ts';
import type { Question } from '../../lessons/question.ts';
import type { Comparison } from '../../lessons/score.ts';
import { comparisonSentence } from '../../figures/comparison.ts';
import { say } from '../../figures/series.ts';
import { strings } from './lesson-strings.ts';
import { type PredictionControl, saidOf } from './prediction-control.ts';
import type { ReplayControl } from './replay-control.ts';

/**
 * Before the answer is seen: the prediction and its one primary button, and a button to see the answer without one.
 * @param first a button that trains what comes before the predicted run, where a lesson has that
 */
export function renderAsking(
  question: Question,
  predicts: PredictionControl,
  first: { label: string; begin: () => void } | undefined,
): TemplateResult {
  const { kind, never } = question;
  const words = strings.predict;
  return html`<div class="asking" role="group" aria-label=${strings.stageNames.predict}>
    ${kind === 'curve' ? nothing : renderNumber(question, predicts)}
    <button
      class="primary"
      type="button"
      aria-disabled=${!predicts.isReady}
      @click=${() => predicts.isReady && predicts.commit()}
    >
      ${words.done}
    </button>
    ${
      never
        ? html`<button
            class="pill"
            type="button"
            @click=${() => {
              predicts.set({ kind: 'curve', points: never.points });
              predicts.commit();
            }}
          >
            ${say(never.label)}
          </button>`
        : nothing
    }
    ${
      predicts.prediction && kind === 'curve'
        ? html`<button class="quiet" type="button" @click=${() => predicts.set(undefined)}>
            ${words.clear}
          </button>`
        : nothing
    }
    ${first ? html`<button class="quiet" type="button" @click=${first.begin}>${first.label}</button>` : nothing}
    <button class="quiet" type="button" @click=${() => predicts.open()}>${words.showMe}</button>
    <p class="hint">${hint(question, predicts)}</p>
  </div>`;
}

function hint({ kind }: Question, { prediction, isReady }: PredictionControl): string {
  const words = strings.predict;
  if (isReady) return words.ready;
  if (prediction) return words.further;
  return { curve: words.draw, point: words.place, level: words.set, number: words.type }[kind];
}

function renderNumber(question: Question, predicts: PredictionControl): TemplateResult {
  const said = saidOf(question, predicts.prediction);
  const set = (value: number): void => {
    if (question.kind === 'point') predicts.set({ kind: 'point', points: [[value, middle(question)]] });
    else predicts.setNumber(value);
  };
  return html`<label class="number"
    >${question.kind === 'number' ? strings.predict.yourNumber : strings.predict.number}
    <input
      type="number"
      step="any"
      inputmode="decimal"
      .value=${said === undefined ? '' : String(Number(said.toPrecision(3)))}
      @change=${(event: Event) => {
        const { valueAsNumber } = event.target as HTMLInputElement;
        if (Number.isFinite(valueAsNumber)) set(valueAsNumber);
      }}
    />${question.unit ? say(question.unit) : nothing}
  </label>`;
}

const middle = ({ y: { scale, range } }: Question): number =>
  scale === 'log' ? Math.sqrt(range[0] * range[1]) : (range[0] + range[1]) / 2;

/** Replays the recorded run; where it was recorded is said all the time. */
export function renderReplay(replay: ReplayControl, provenance: string): TemplateResult {
  const { share, playing } = replay;
  const words = strings.replay;
  if (share === undefined) {
    return html`<button class="pill" type="button" @click=${() => replay.play()}>${words.begin}</button>`;
  }
  return html`<div class="replay">
    <button class="pill" type="button" @click=${() => (playing ? replay.pause() : replay.play())}>
      ${playing ? words.pause : words.play}
    </button>
    <input
      type="range"
      min="0"
      max="1"
      step="0.01"
      aria-label=${words.moment}
      .valueAsNumber=${share}
      @input=${(event: Event) => {
        replay.pause();
        replay.seek((event.target as HTMLInputElement).valueAsNumber);
      }}
    />
    <span class="recorded">${provenance}</span>
  </div>`;
}

/** The prediction beside the result, in numbers. @param isOwn the result is of the learner's own run */
export function renderComparison(
  question: Question,
  comparison: Comparison | undefined,
  isOwn: boolean,
): TemplateResult | typeof nothing {
  if (!comparison) return nothing;
  return html`<p class="against">
    ${comparisonSentence(comparison, question.unit ? say(question.unit) : '', isOwn, strings.predict, people)}
    <span class="score">${strings.predict.score(comparison.points)}</span>
  </p>`;
}
