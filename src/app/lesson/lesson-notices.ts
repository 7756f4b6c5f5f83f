/** What the page of a lesson says when something is in the way, and where the path goes on. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Size } from '../../lessons/lesson.ts';
import type { DeviceReport } from '../../worker/protocol.ts';
import { LESSON_NAMES, metaOf } from '../curriculum.ts';
import { language } from '../language.ts';
import { renderNoDevice, renderSlow } from '../device/device-notice.ts';
import type { LessonExperiment } from './lesson-experiment.ts';
import { strings } from './lesson-strings.ts';

export function renderProblem(
  problem: { name: string; message: string } | undefined,
  device: DeviceReport | undefined,
  size: Size,
): TemplateResult | typeof nothing {
  if (problem?.name === 'NoGPUError') return renderNoDevice(strings.problem.noGPU, problem);
  if (problem) {
    return html`<div class="notice" data-kind="bad">
      <b>${strings.problem.title}</b>
      <p>${problem.message}</p>
    </div>`;
  }
  return renderSlow(device, size === 'small' ? nothing : strings.smallHelps);
}

/** An earlier visit stopped in the middle of this experiment. */
export function renderResume(experiment: LessonExperiment): TemplateResult {
  return html`<div class="notice" data-kind="link" role="status" data-testid="resume">
    <p>${strings.resume.text}</p>
    <p>
      <button class="pill" type="button" @click=${() => experiment.command('run')}>
        ${strings.resume.goOn}
      </button>
      <button class="quiet" type="button" @click=${() => experiment.command('reset')}>
        ${strings.resume.startOver}
      </button>
    </p>
  </div>`;
}

/** @param at place of this lesson on the path, from 1 */
export function renderNext(at: number): TemplateResult | typeof nothing {
  const next = LESSON_NAMES[at];
  if (!next) return nothing;
  const { question } = metaOf(next, language());
  return html`<p><a class="cta" href="#/lesson/${next}">${strings.next(question)}</a></p>`;
}
