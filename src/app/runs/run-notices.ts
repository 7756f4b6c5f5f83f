/** What there is to say about a run of many parts while it waits, rests, or cannot keep its results. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../../figures/say-problem.ts';
import type { ExperimentRun } from '../../running/experiment-run.ts';
import { strings } from '../experiments/experiment-strings.ts';
import { noticeOf } from './kept-strings.ts';
import { loadSayLine } from './late-words.ts';

/** @param rested it has paused to spare the battery, and goes on again */
export function renderRunNotices(
  { waitsFor, notices }: Pick<ExperimentRun, 'waitsFor' | 'notices'>,
  rested: boolean,
): TemplateResult | typeof nothing {
  // The reason comes with the next update of the run, which trains what was set aside.
  if (notices.some(({ kind }) => kind === 'set-aside')) void loadSayLine();
  const texts: (Words | undefined)[] = notices.map(noticeOf);
  if (rested) texts.push(strings.rested);
  if (waitsFor !== undefined) texts.push(strings.elsewhere(waitsFor));
  if (!texts.length) return nothing;
  return html`<div class="notice" data-kind="slow" role="status" data-testid="run-notices">
    ${texts.map((text) => html`<p>${text}</p>`)}
  </div>`;
}
