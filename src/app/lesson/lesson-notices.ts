/** What the page of a lesson says when something is in the way. */
import { html, nothing, type TemplateResult } from 'lit';
import { strings as shared } from '../experiments/experiment-strings.ts';
import { renderProblem } from '../runs/problem.ts';
import { renderRunNotices } from '../runs/run-notices.ts';
import { sentences } from '../../components/sentences.ts';
import type { DeviceReport } from '../../worker/protocol.ts';
import { renderSlow } from '../device/device-notice.ts';
import { wantedHere } from '../device/wanted.ts';
import { noKernels, slowness, whyNoGPU } from '../device/words.ts';
import { loadSettings } from '../frame/settings.ts';
import type { LessonExperiment } from './lesson-experiment.ts';
import { strings } from './lesson-strings.ts';
import type { Sooner } from './run-clock.ts';

/** What keeps the experiment from being trained, or makes it wait. */
export function renderObstacles(experiment: LessonExperiment): TemplateResult {
  const { run, resting } = experiment;
  const { problem } = run;
  const words = { failed: strings.problem.title, noGPU: strings.problem.noGPU };
  return html`${renderRunNotices(run, resting.rested)}
  ${experiment.isLate ? experiment.clock?.render(soonerThan(experiment)) : nothing}
  ${
    problem && problem.kind !== 'no-kernels'
      ? renderProblem(problem, () => experiment.command('restart'), words)
      : nothing
  }`;
}

function soonerThan(experiment: LessonExperiment): Sooner {
  const takeSmall = (): void => {
    experiment.choose('small');
    experiment.command('restart');
  };
  return {
    takeSmall: experiment.applied.size === 'small' ? undefined : takeSmall,
    stop: () => experiment.command('pause'),
  };
}

/** What trains, where that is not a GPU. It stands at the foot of the experiment, where nothing moves when it appears. */
export function renderDevice({ run, device, draft }: LessonExperiment): TemplateResult | typeof nothing {
  if (run.problem?.kind === 'no-kernels') return renderNoKernels(device);
  if (run.problem || !device) return nothing;
  if (!device.software) return renderSlow(device, nothing);
  return html`<details class="slow">
    <summary>${sentences(slowness(device), draft.size === 'small' ? '' : strings.smallHelps)}</summary>
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
    <p>${sentences(text, whyNoGPU(device, wantedHere(loadSettings())))}</p>
    ${hasSubstitute ? html`<p>${strings.problem.substitute}</p>` : nothing}
    <lab-diagnostics .device=${device}></lab-diagnostics>
  </div>`;
}

/** The recorded run could not be loaded, for example without a network. */
export function renderNoRecording(again: () => void): TemplateResult {
  return html`<div class="notice" data-kind="bad" data-testid="no-recording">
    <p>${strings.recordingFailed}</p>
    <p><button class="pill" type="button" @click=${again}>${shared.again}</button></p>
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
