/** The button that turns a lesson's sound on; the code is loaded then. */
import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { strings } from './lesson-strings.ts';
import type { Sounding, SoundOf } from './sounding.ts';

export class LessonSound implements ReactiveController {
  private on: Sounding | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly of: SoundOf,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.silence();
  }

  render(): TemplateResult {
    return html`<button
        class="quiet"
        type="button"
        aria-pressed=${this.on !== undefined}
        @click=${() => void this.toggle()}
      >
        ${strings.sound}
      </button>
      ${this.on?.render()}`;
  }

  /** The reader is at this place of the chart. */
  read(at: number | undefined): void {
    this.on?.read(at);
  }

  private async toggle(): Promise<void> {
    if (this.on) this.silence();
    else {
      const { Sounding } = await import('./sounding.ts');
      this.on ??= new Sounding(this.host, this.of);
    }
    this.host.requestUpdate();
  }

  private silence(): void {
    this.on?.end();
    this.on = undefined;
  }
}
