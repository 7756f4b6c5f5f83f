/** What went wrong with training, on every page in the same words, with a way on where there is one. */
import { html, nothing, type TemplateResult } from 'lit';
import { renderNoDevice } from '../device/device-notice.ts';
import { strings } from '../experiments/experiment-strings.ts';
import type { Problem } from '../../running/problem-kind.ts';

/**
 * @param again tries again, from the last checkpoint where there is one
 * @param words the titles of a page that has its own
 */
export function renderProblem(
  problem: Problem | undefined,
  again: (() => void) | undefined,
  words: { failed?: string; noGPU?: string } = {},
): TemplateResult | typeof nothing {
  if (!problem) return nothing;
  const { kind, name, message } = problem;
  const known = strings.problems[kind];
  if (kind === 'no-device') {
    return renderNoDevice(words.noGPU ?? strings.noGPUTitle, message, renderAgain(again));
  }
  return html`<div class="notice" data-kind="bad" data-problem=${name}>
    <b>${known?.title() ?? (kind === 'diverged' ? strings.diverged : (words.failed ?? strings.failed))}</b>
    ${known ? html`<p>${known.text()}</p>` : nothing}
    ${known?.isWhole ? nothing : html`<p lang="en">${message}</p>`} ${known ? renderAgain(again) : nothing}
  </div>`;
}

function renderAgain(again: (() => void) | undefined): TemplateResult | typeof nothing {
  if (!again) return nothing;
  return html`<p><button class="pill" type="button" @click=${again}>${strings.again}</button></p>`;
}
