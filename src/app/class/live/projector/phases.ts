/** What the projector shows in each phase. */
import { html, nothing, type TemplateResult } from 'lit';
import type { LiveClient } from '../../../../class/live-client.ts';
import { median, predictedNumber } from '../../../../class/pooled.ts';
import type { MemberResult } from '../../../../class/result.ts';
import { renderAnswers, renderNumbers } from '../../class-panel.ts';
import { words as classWords } from '../../class-words.ts';
import { loadHands } from '../hands.ts';
import { liveWords as words } from '../live-words.ts';
import { renderLobby } from './lobby.ts';
import type { Shown } from './shown.ts';

export function renderPhase(shown: Shown): TemplateResult {
  const { phase, work } = shown.client.plan;
  const isShared = work === 'many-hands';
  if (isShared) void loadHands();
  if (phase === 'lobby') return renderLobby(shown, isShared ? renderSharing(shown) : nothing);
  if (phase === 'predict') return renderPredict(shown);
  if (isShared) return renderShared(shown);
  return phase === 'run'
    ? html`<div class="found">
        ${renderChart(shown)}
        <aside>${renderProgress(shown)}</aside>
      </div>`
    : renderDiscuss(shown);
}

/** What the experiment of all is: a lesson, or a sweep. */
function renderSharing({ client, lab, leading }: Shown): TemplateResult {
  return html`<shared-work
    .lab=${lab}
    .leading=${leading}
    .hands=${client.board.hands}
    .code=${client.code}
  ></shared-work>`;
}

/** What all have come to together. */
function renderShared({ client, curriculum, lab, taught }: Shown): TemplateResult {
  return html`<class-hands
    .client=${client}
    .curriculum=${curriculum}
    .lab=${lab}
    .asked=${taught.asked}
    .off=${(got: number) => medianOff(client, got)}
  ></class-hands>`;
}

function renderPredict(shown: Shown): TemplateResult {
  const { plan, board } = shown.client;
  const { predicted, members } = board.counts;
  if (plan.revealed.has(plan.lesson))
    return html`<div class="found">
      ${renderChart(shown, 'shares')}
      <aside>
        <p class="big" data-kind="predict">${predicted}</p>
        <p>${words.predicted(predicted, members)}</p>
        ${renderSquares(shown)}
      </aside>
    </div>`;
  return html`<section class="waiting">
    <p class="big" data-kind="predict">${predicted} <small>/ ${members}</small></p>
    <p>${predicted === members && members > 0 ? words.allIn : words.predicted(predicted, members)}</p>
    ${renderSquares(shown)}
    <p class="hint">${words.hiddenUntil}</p>
    <p>
      <button class="pill" type="button" @click=${() => shown.leading.reveal()}>${words.reveal}</button>
    </p>
  </section>`;
}

function renderProgress(shown: Shown): TemplateResult {
  const { done, members } = shown.client.board.counts;
  return html`<p class="big">${done} <small>/ ${members}</small></p>
    <p>${words.done(done, members)}</p>
    ${renderSquares(shown)}`;
}

/** Each square is one of the class: who has predicted, who is done. */
function renderSquares({ client: { results, plan } }: Shown): TemplateResult {
  return html`<ul class="squares">
      ${results.rows.map(
        ({ name, predicted, done, here }) =>
          html`<li
            data-state=${done ? 'done' : predicted ? 'predicted' : here ? 'here' : 'gone'}
            title=${plan.hidesNames ? '' : name}
          ></li>`,
      )}
    </ul>
    <p class="hint">${classWords.squares}</p>`;
}

function renderDiscuss(shown: Shown): TemplateResult {
  const { about, expected, asked } = shown.taught;
  const results = ofLesson(shown.client);
  return html`<div class="found">
      ${renderChart(shown)}
      <aside>
        ${about && results.length ? renderNumbers(results, expected, asked) : renderProgress(shown)}
      </aside>
    </div>
    ${about ? renderAnswers(results, about.question) : nothing}`;
}

function renderChart(shown: Shown, first: 'curves' | 'shares' = 'curves'): TemplateResult {
  return html`<section class="figure card">
    <class-figure
      .lesson=${shown.client.plan.lesson}
      .results=${pooledOf(shown.client)}
      .figure=${shown.figure}
      .asked=${shown.taught.asked}
      .first=${first}
    ></class-figure>
  </section>`;
}

const ofLesson = ({ plan, results }: LiveClient): MemberResult[] =>
  results.results.filter(({ lesson }) => lesson === plan.lesson);

/** Results of the lesson, and the predictions of those who have none yet. */
function pooledOf(client: LiveClient): MemberResult[] {
  const { plan } = client;
  const own = ofLesson(client);
  const has = new Set(own.map(({ member }) => member));
  const waiting = client.results.rows.flatMap(({ id, said }): MemberResult[] =>
    said && !has.has(id)
      ? [
          {
            lesson: plan.lesson,
            size: plan.size,
            seed: 0,
            member: id,
            at: 1_700_000_000,
            device: '',
            digest: 'none',
            outcome: 'not-enough-evidence',
            numbers: {},
            prediction: said,
          },
        ]
      : [],
  );
  return [...own, ...waiting];
}

/** Median distance of predictions that are shown from the number that came out; NaN of none. */
const medianOff = ({ results }: LiveClient, got: number): number =>
  median(
    results.rows.flatMap(({ said }) => {
      const number = said && predictedNumber({ prediction: said });
      return number === undefined ? [] : [Math.abs(number - got)];
    }),
  );
