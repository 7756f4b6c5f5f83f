/** What the page of a lesson says when something is in the way, and where the path goes on. */
import { html, nothing, type TemplateResult } from 'lit';
import { LESSON_NAMES, metaOf } from '../curriculum.ts';
import { strings as shared } from '../experiments/experiment-strings.ts';
import { noticeOf } from '../runs/kept-strings.ts';
import { language } from '../../locales/language.ts';
import { renderProblem } from '../runs/problem.ts';
import type { DeviceReport } from '../../worker/protocol.ts';
import { renderSlow } from '../device/device-notice.ts';
import { wantedHere } from '../device/wanted.ts';
import { noKernels, slowness, whyNoGPU } from '../device/words.ts';
import { loadSettings } from '../frame/settings.ts';
import type { ExperimentRun } from '../../running/experiment-run.ts';
import type { LessonExperiment } from './lesson-experiment.ts';
import { strings } from './lesson-strings.ts';

/** What keeps it from being trained, and what is to be said of where it is. */
export function renderObstacles(experiment: LessonExperiment): TemplateResult {
  const { run, resting } = experiment;
  const { problem } = run;
  const words = { failed: strings.problem.title, noGPU: strings.problem.noGPU };
  return html`${renderRunNotices(run, resting.rested)}
  ${experiment.isLate ? experiment.clock?.render(experiment) : nothing}
  ${
    problem && problem.kind !== 'no-kernels'
      ? renderProblem(problem, () => experiment.command('restart'), words)
      : nothing
  }`;
}

/** At the foot of the experiment, where nothing moves when it comes: what trains, where that is not the graphics. */
export function renderDevice({ run, device, draft }: LessonExperiment): TemplateResult | typeof nothing {
  if (run.problem?.kind === 'no-kernels') return renderNoKernels(device);
  if (run.problem || !device) return nothing;
  if (!device.software) return renderSlow(device, nothing);
  return html`<details class="slow">
    <summary>${slowness(device)} ${draft.size === 'small' ? nothing : strings.smallHelps}</summary>
    <p>${whyNoGPU(device, wantedHere(loadSettings()))}</p>
    <lab-diagnostics .device=${device}></lab-diagnostics>
  </details>`;
}

/** The lesson compares kernels, and the device that trains is the CPU device, which runs none. */
function renderNoKernels(device: DeviceReport | undefined): TemplateResult {
  const hasSubstitute = device?.details.tried.some(
    ({ kind, outcome }) => kind !== 'cpu' && outcome === 'slower',
  );
  const { title, text } = noKernels();
  return html`<div class="notice" data-kind="none" role="status" data-testid="no-kernels">
    <b>${title}</b>
    <p>${text} ${whyNoGPU(device, wantedHere(loadSettings()))}</p>
    ${hasSubstitute ? html`<p>${strings.problem.substitute}</p>` : nothing}
    <lab-diagnostics .device=${device}></lab-diagnostics>
  </div>`;
}

/** The recorded runs could not be loaded, as where the connection is down. */
export function renderNoRecording(again: () => void): TemplateResult {
  return html`<div class="notice" data-kind="bad" data-testid="no-recording">
    <p>${strings.recordingFailed}</p>
    <p><button class="pill" type="button" @click=${again}>${shared.again}</button></p>
  </div>`;
}

/** What is to be said of where runs are trained, and of where their results are kept. */
export function renderRunNotices(
  { waitsFor, notices }: Pick<ExperimentRun, 'waitsFor' | 'notices'>,
  rested: boolean,
): TemplateResult | typeof nothing {
  const texts = notices.map(noticeOf);
  if (rested) texts.push(shared.rested);
  if (waitsFor !== undefined) texts.push(shared.elsewhere(waitsFor));
  if (!texts.length) return nothing;
  return html`<div class="notice" data-kind="slow" role="status" data-testid="run-notices">
    ${texts.map((text) => html`<p>${text}</p>`)}
  </div>`;
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

/** The lessons before and after. @param at place of this lesson on the path, from 1 */
export function renderNeighbours(at: number): TemplateResult {
  const link = (place: number, say: (question: string) => string, look: string): unknown => {
    const name = LESSON_NAMES[place - 1];
    return name === undefined
      ? nothing
      : html`<a class=${look} href="#/lesson/${name}">${say(metaOf(name, language()).question)}</a>`;
  };
  return html`<p class="neighbours">
    ${link(at + 1, strings.next, 'cta')} ${link(at - 1, strings.previous, 'before')}
  </p>`;
}
