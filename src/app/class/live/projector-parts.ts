/** What the projector shows in each phase. */
import { html, nothing, type TemplateResult } from 'lit';
import {
  type Board,
  type MemberRow,
  MOST_NAME,
  type Plan,
  shownCode,
  type Work,
} from '../../../class/live.ts';
import { median, predictedNumber } from '../../../class/pooled.ts';
import type { MemberResult } from '../../../class/result.ts';
import type { Expectations, ForClass } from '../../../lessons/for-class.ts';
import { type Figure, type Size, SIZES } from '../../../lessons/lesson.ts';
import { EXPERIMENT_NAMES } from '../../../lessons/path.ts';
import { language } from '../../../locales/language.ts';
import { metaOf } from '../../curriculum.ts';
import type { Asked } from '../asked.ts';
import { renderAnswers, renderNumbers } from '../class-panel.ts';
import { words as classWords } from '../class-words.ts';
import { SIZE_NAMES } from '../size-names.ts';
import type { Leading } from './leading.ts';
import { liveWords as words } from './live-words.ts';
import { inviting } from './session.ts';

export interface Shown {
  plan: Plan;
  board: Board;
  rows: readonly MemberRow[];
  results: readonly MemberResult[];
  asked: Asked | undefined;
  about: ForClass | undefined;
  expected: Expectations;
  figure: Figure | undefined;
  code: string;
  leading: Leading;
}

/** @param more choices of the lobby */
export function renderPhase(shown: Shown, more: unknown = nothing): TemplateResult {
  switch (shown.plan.phase) {
    case 'lobby':
      return renderLobby(shown, more);
    case 'predict':
      return renderPredict(shown);
    case 'run':
      return html`<div class="found">
        ${renderChart(shown)}
        <aside>${renderProgress(shown)}</aside>
      </div>`;
    case 'discuss':
      return renderDiscuss(shown);
  }
}

function renderLobby({ plan, board, rows, code, leading }: Shown, more: unknown): TemplateResult {
  const { counts } = board;
  const link = inviting(code);
  return html`<div class="lobby">
    <section class="invite-all">
      <qr-code .text=${link} .label=${classWords.code}></qr-code>
      <div>
        <p>${words.open}</p>
        <p class="link">${link.replace(/^https?:\/\//, '')}</p>
        <p class="code">${shownCode(code)}</p>
      </div>
    </section>
    <aside>
      <p class="big">${counts.here} <small>${words.present}</small></p>
      <p>${words.devices(counts.gpu, counts.cpu, counts.none)}</p>
      ${counts.insecure ? html`<p class="hint">${words.insecureCount(counts.insecure)}</p>` : nothing}
      ${
        plan.hidesNames
          ? nothing
          : html`<ul class="names">
              ${rows.filter(({ here }) => here).map(({ name }) => (name ? html`<li>${name}</li>` : nothing))}
            </ul>`
      }
      <p class="row choice">
        <label
          >${classWords.lesson}
          <select @change=${(event: Event) => leading.choose(chosen(event))}>
            ${EXPERIMENT_NAMES.map(
              (name) =>
                html`<option value=${name} .selected=${name === plan.lesson}>
                  ${metaOf(name, language()).title}
                </option>`,
            )}
          </select></label
        >
        <label
          >${classWords.size}
          <select @change=${(event: Event) => leading.resize(chosen(event) as Size)}>
            ${SIZES.map(
              (size) =>
                html`<option value=${size} .selected=${size === plan.size}>${SIZE_NAMES[size]}</option>`,
            )}
          </select></label
        >
        <label
          >${words.work}
          <select @change=${(event: Event) => leading.share(chosen(event) as Work)}>
            <option value="own-seed" .selected=${plan.work === 'own-seed'}>${words.ownSeed}</option>
            <option value="many-hands" .selected=${plan.work === 'many-hands'}>${words.manyHands}</option>
          </select></label
        >
      </p>
      ${plan.work === 'many-hands' ? more : nothing}
    </aside>
  </div>`;
}

const chosen = (event: Event): string => (event.target as HTMLSelectElement).value;

function renderPredict(shown: Shown): TemplateResult {
  const { plan, board, leading } = shown;
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
      <button class="pill" type="button" @click=${() => leading.reveal()}>${words.reveal}</button>
    </p>
  </section>`;
}

function renderProgress(shown: Shown): TemplateResult {
  const { done, members } = shown.board.counts;
  return html`<p class="big">${done} <small>/ ${members}</small></p>
    <p>${words.done(done, members)}</p>
    ${renderSquares(shown)}`;
}

/** Each square is one of the class: who has predicted, who is done. */
function renderSquares({ rows, plan }: Shown): TemplateResult {
  return html`<ul class="squares">
      ${rows.map(
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
  const { about, expected, asked, plan } = shown;
  const results = shown.results.filter(({ lesson }) => lesson === plan.lesson);
  return html`<div class="found">
      ${renderChart(shown)}
      <aside>
        ${about && results.length ? renderNumbers(results, expected, asked) : renderProgress(shown)}
      </aside>
    </div>
    ${about ? renderAnswers(results, about.question) : nothing}`;
}

function renderChart(shown: Shown, first: 'curves' | 'shares' = 'curves'): TemplateResult {
  const { plan, figure, asked } = shown;
  return html`<section class="figure card">
    <class-figure
      .lesson=${plan.lesson}
      .results=${pooledOf(shown)}
      .figure=${figure}
      .asked=${asked}
      .first=${first}
    ></class-figure>
  </section>`;
}

/** Results of the lesson, and the predictions of those who have none yet. */
function pooledOf({ plan, results, rows }: Shown): MemberResult[] {
  const own = results.filter(({ lesson }) => lesson === plan.lesson);
  const has = new Set(own.map(({ member }) => member));
  const waiting = rows.flatMap(({ id, said }): MemberResult[] =>
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
export const medianOff = (rows: readonly MemberRow[], got: number): number =>
  median(
    rows.flatMap(({ said }) => {
      const number = said && predictedNumber({ prediction: said });
      return number === undefined ? [] : [Math.abs(number - got)];
    }),
  );

/** For whoever leads: names are changed, and members taken out. */
export function renderMembers(
  rows: readonly MemberRow[],
  hidesNames: boolean,
  leading: Leading,
): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  return html`<details class="members">
    <summary>${words.members} (${rows.length})</summary>
    <ul>
      ${rows.map(
        ({ id, name, here }) =>
          html`<li data-here=${here}>
            <span>${hidesNames ? id.slice(0, 4) : name || words.unnamed}</span>
            <input
              aria-label=${words.rename}
              placeholder=${words.rename}
              maxlength=${MOST_NAME}
              autocomplete="off"
              @change=${(event: Event) => {
                const field = event.target as HTMLInputElement;
                leading.rename(id, field.value);
                field.value = '';
              }}
            />
            <button class="quiet" type="button" @click=${() => leading.remove(id)}>${words.remove}</button>
          </li>`,
      )}
    </ul>
  </details>`;
}
