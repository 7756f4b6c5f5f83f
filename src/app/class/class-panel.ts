/** What a class found, in numbers: verdicts counted, guesses, answers, and a row for each of us. */
import { html, nothing, type TemplateResult } from 'lit';
import { measured } from '../../components/index.ts';
import { against, countVerdicts, disagreements, predictedNumber, shift } from '../../class/pooled.ts';
import type { MemberResult, Outcome } from '../../class/result.ts';
import { say } from '../../locales/say.ts';
import type { ConceptQuestion, Expectations, Expected } from '../../lessons/for-class.ts';
import type { Asked } from './asked.ts';
import { words } from './class-words.ts';

const OUTCOMES = (): Record<Outcome, string> => ({
  holds: words.outcomeHolds,
  'does-not-hold': words.outcomeNot,
  'not-enough-evidence': words.outcomeOpen,
});

/** What stands beside the chart. */
export function renderNumbers(
  results: readonly MemberResult[],
  expected: Expectations,
  predicted: Asked | undefined,
): TemplateResult {
  const sizes = [...new Set(results.map(({ size }) => size))];
  const said = sizes.length === 1 ? expected[sizes[0]!] : undefined;
  const off = predicted ? against(results, predicted.value).off : NaN;
  return html`${renderVerdicts(results, said)}
    ${sizes.length > 1 ? html`<p class="hint">${words.sizes}</p>` : nothing}
    ${
      Number.isFinite(off)
        ? html`<p class="big" data-kind="predict">${measured(off, 2)}${predicted?.unit ?? ''}</p>
            <p>${words.off}</p>`
        : nothing
    }
    <ul class="squares" aria-hidden="true">
      ${results.map(({ outcome }) => html`<li data-outcome=${outcome}></li>`)}
    </ul>
    <p class="hint">${words.squares}</p>
    ${disagreements(results).map(
      (group) => html`<p class="notice" data-kind="bad">${words.disagree(group.length)}</p>`,
    )}`;
}

function renderVerdicts(results: readonly MemberResult[], said: Expected | undefined): TemplateResult {
  const count = countVerdicts(results, said ?? { holds: 0, of: 0 });
  const sentences = [
    ...(count.doesNotHold ? [words.notHeld(count.doesNotHold)] : []),
    ...(count.notEnough ? [words.notTold(count.notEnough)] : []),
    ...(said ? [words.expected(...count.expected)] : [words.noTrials]),
    ...(said && 'of' in said ? [words.trials(said.holds, said.of)] : []),
  ];
  return html`<p class="big" data-kind="holds">${count.holds} <small>${words.holds(count.of)}</small></p>
    ${sentences.map((sentence) => html`<p>${sentence}</p>`)}`;
}

/** How the answers to the lesson's question have moved. */
export function renderAnswers(
  results: readonly MemberResult[],
  { asked, options, right }: ConceptQuestion,
): TemplateResult | typeof nothing {
  const { before, after, to, from } = shift(results, right);
  const most = Math.max(1, ...before, ...after);
  if (![...before, ...after].some(Boolean)) return nothing;
  const bar = (count: number): TemplateResult =>
    html`<td class="bar-cell"><meter min="0" max=${most} .value=${count}></meter> ${count}</td>`;
  return html`<section class="card answers">
    <h2>${words.answers}</h2>
    <p>${say(asked)}</p>
    <div class="table" tabindex="0" role="group" aria-label=${words.answers}>
      <table>
        <thead>
          <tr>
            <th scope="col">${words.option}</th>
            <th scope="col">${words.before}</th>
            <th scope="col">${words.after}</th>
          </tr>
        </thead>
        <tbody>
          ${options.map(
            (option, i) =>
              html`<tr data-right=${i === right}>
                <th scope="row">${say(option)}${i === right ? html` <b>(${words.right})</b>` : nothing}</th>
                ${bar(before[i]!)} ${bar(after[i]!)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p>${words.moved(to, from)}</p>
  </section>`;
}

/** A row for each of us. */
export function renderTable(
  results: readonly MemberResult[],
  predicted: Asked | undefined,
  leaveOut: (result: MemberResult) => void,
): TemplateResult {
  const outcomes = OUTCOMES();
  const number = (value: number | undefined): string => (value === undefined ? '–' : measured(value, 4));
  return html`<details class="card tables">
    <summary>${words.table} (${results.length})</summary>
    <div class="table" tabindex="0" role="group" aria-label=${words.table}>
      <table>
        <thead>
          <tr>
            ${[
              words.member,
              words.seed,
              words.device,
              words.outcome,
              words.predictions,
              words.trained,
              words.before,
              words.after,
              words.leaveOut,
            ].map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${results.map(
            (result) =>
              html`<tr>
                <td><code>${result.member.slice(0, 12)}</code></td>
                <td>${result.seed}</td>
                <td>${result.device}</td>
                <td>${outcomes[result.outcome]}</td>
                <td>${number(predictedNumber(result))}</td>
                <td>${number(predicted && result.numbers[predicted.value])}</td>
                <td>${letter(result.before)}</td>
                <td>${letter(result.after)}</td>
                <td>
                  <button class="quiet" type="button" @click=${() => leaveOut(result)}>
                    ${words.leaveOut}
                  </button>
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

/** Answers are called A to D. */
const letter = (answer: number | undefined): string => (answer === undefined ? '–' : 'ABCD'[answer]!);
