/** What is said and done below the wall: how far it has come, another sum for its models, and in the end what came of the guess. */
import { html, nothing, type TemplateResult } from 'lit';
import { duration } from '../../components/format.ts';
import type { Text } from '../../findings/findings.ts';
import type { Picture } from '../../findings/pictures.ts';
import { greenOf, sumsOf } from '../../lessons/emergence-by-size/lives.ts';
import { SEEDS } from '../../lessons/emergence-by-size/wall.ts';
import { say } from '../../locales/say.ts';
import type { LivesRun } from './lives-run.ts';
import { WORDS } from './lives-words.ts';

export interface Guess {
  green: number;
  of: number;
}

/** Buttons and the sums. @param ask the index of another sum @param again trains other models */
export function renderRow(
  lives: LivesRun,
  wall: Picture | undefined,
  { ask, again }: { ask: (sum: number) => void; again: () => void },
): TemplateResult {
  const { run, results } = lives;
  return html`<div class="lives-row">
    <span>${run.phase === 'finished' ? nothing : statusOf(lives)}</span>
    ${
      wall
        ? html`<label
            >${say(WORDS.asked)}
            <select @change=${(event: Event) => ask(Number((event.target as HTMLSelectElement).value))}>
              ${sumsOf(results).map(({ a, b }, i) => html`<option value=${i}>${a} + ${b}</option>`)}
            </select></label
          >`
        : nothing
    }
    ${renderButton(lives, again)}
  </div>`;
}

function renderButton({ run }: LivesRun, again: () => void): TemplateResult | typeof nothing {
  const button = (label: Text, press: () => void): TemplateResult =>
    html`<button class="pill" type="button" @click=${press}>${say(label)}</button>`;
  switch (run.phase) {
    case 'running':
      return button(WORDS.pause, () => run.pause());
    case 'paused':
      return button(WORDS.goOn, () => run.run());
    case 'finished':
      return button(WORDS.again, again);
    default:
      return nothing;
  }
}

export function statusOf({ run, models }: LivesRun): string {
  const { progress } = run;
  if (!progress) return say(WORDS.preparing);
  const where = say(WORDS.running(progress.step, run.steps, models));
  return run.phase === 'running' ? where + say(WORDS.left(duration(progress.secondsLeft))) : where;
}

/** Why there are fewer models than elsewhere. */
export function renderFewer({ seeds, secondsOfAll }: LivesRun): TemplateResult | typeof nothing {
  return secondsOfAll === undefined
    ? nothing
    : html`<p class="caption">${say(WORDS.fewer(seeds, SEEDS, duration(secondsOfAll)))}</p>`;
}

/** What came, beside the guess; where fewer models were trained than guessed about, the guess is scaled down. */
export function renderEnd(wall: Picture, guess: Guess | undefined): TemplateResult {
  const { green, of } = greenOf(wall);
  return html`<p class="lives-end" role="status">
    ${
      guess
        ? html`${say(WORDS.said(guess.green, guess.of))}
          ${guess.of === of ? nothing : say(WORDS.scaled(Math.round((guess.green * of) / guess.of), of))}`
        : nothing
    } <b>${say(WORDS.came(green, of))}</b> ${say(WORDS.corn)}
  </p>`;
}
