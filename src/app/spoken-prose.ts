import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Language } from '../languages.ts';
import { language } from '../locales/language.ts';
import type { Curriculum } from './curriculum.ts';
import type { Prose } from './prose.ts';

/** The text of a page in the page's language. Where it does not come, the text before stays, and the next update asks again. */
export class SpokenProse implements ReactiveController {
  prose: Prose | undefined;
  /** the language that was asked for last */
  private spoken: Language | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly name: () => string,
    private readonly curriculum: () => Curriculum,
  ) {
    host.addController(this);
  }

  hostUpdate(): void {
    if (this.spoken !== language()) void this.load().catch(console.warn);
  }

  /** @throws Error where the text could not be loaded */
  async load(): Promise<void> {
    const spoken = (this.spoken = language());
    try {
      const prose = await this.curriculum().prose(this.name(), spoken);
      if (spoken === this.spoken) this.prose = prose;
    } catch (error) {
      if (spoken === this.spoken) this.spoken = undefined;
      throw error;
    }
    this.host.requestUpdate();
  }
}
