/** Notices of the page of a sweep: errors, obstacles, and a sweep that an earlier visit left unfinished. */
import { html, nothing, type TemplateResult } from 'lit';
import { AnnounceEvent } from '../frame/announce.ts';
import { renderRunNotices } from '../runs/run-notices.ts';
import { renderProblem } from '../runs/problem.ts';
import { sayProblem } from '../../figures/say-problem.ts';
import { strings as sandbox } from './sandbox-strings.ts';
import type { SweepPlan } from './sweep-plan.ts';
import { strings } from './sweep-strings.ts';

/** What the engine refuses of the axes, or of a file. */
export function renderRefusal({ problems, wrongFile }: SweepPlan): TemplateResult | typeof nothing {
  const isFile = wrongFile.length > 0;
  if (!problems.length && !isFile) return nothing;
  return html`<div class="notice" data-kind="bad" role="alert">
    <b>${isFile ? strings.wrongFile : strings.wrong}</b>
    ${wrongFile.map((line) => html`<p>${line}</p>`)}
    <ul>
      ${problems.map((problem) => html`<li>${problem.path && `${problem.path}: `}${sayProblem(problem)}</li>`)}
    </ul>
  </div>`;
}

/** Said aloud when all runs are done. */
export const finished = (): AnnounceEvent => new AnnounceEvent(sandbox.milestones.finished(''));

/** Notices about where the runs are trained, and errors. */
export const renderTrouble = ({ run, control, resting }: SweepPlan): TemplateResult =>
  html`${renderRunNotices(run, resting.rested)} ${renderProblem(run.problem, () => void control.open(true))}`;

/** An earlier visit stopped in the middle of this sweep. */
export const renderResume = (goOn: () => void, startOver: () => void): TemplateResult =>
  html`<div class="notice" data-kind="link" data-testid="resume">
    <p>${strings.resume}</p>
    <p class="row">
      <button class="pill" type="button" @click=${goOn}>${strings.goOn}</button>
      <button class="quiet" type="button" @click=${startOver}>${strings.startOver}</button>
    </p>
  </div>`;
