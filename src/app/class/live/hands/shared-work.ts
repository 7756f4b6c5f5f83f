import { html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { HandsCounts } from '../../../../class/hands.ts';
import { MOST_ENTRY } from '../../../../class/live.ts';
import { PageElement } from '../../../../components/element.ts';
import { SchemaError } from '../../../../problems.ts';
import { decodeText } from '../../../../text-file.ts';
import type { Lab } from '../../../../worker/protocol.ts';
import { SITE_FOLDER } from '../../../../loading.ts';
import { sayProblem } from '../../../../figures/say-problem.ts';
import type { Leading } from '../projector/leading.ts';
import { handsWords as words } from './hands-words.ts';

/** For whoever leads, in the lobby: what is shared out, how a machine without a page helps, and a sweep instead. */
export class SharedWork extends PageElement {
  /** The engine, which knows what a sweep is. */
  @property({ attribute: false }) lab!: Lab;
  @property({ attribute: false }) leading!: Leading;
  @property({ attribute: false }) hands: HandsCounts | undefined;
  @property() code = '';

  @state() private problem: unknown = '';

  protected override render(): TemplateResult {
    const { hands, code } = this;
    return html`<p class="hint">${hands ? words.hint(hands.runs, SITE_FOLDER, code) : words.cannotShare}</p>
      <label class="quiet file"
        >${words.sweepFile}<input
          class="visually-hidden"
          type="file"
          accept=".json,application/json"
          @change=${(event: Event) => void this.onFile(event.target as HTMLInputElement)}
      /></label>
      <p class="hint" role="status">${this.problem}</p>`;
  }

  private async onFile(field: HTMLInputElement): Promise<void> {
    const [file] = field.files ?? [];
    field.value = '';
    if (file) this.problem = await this.choose(file);
  }

  /** @returns what is wrong with it */
  private async choose(file: File): Promise<unknown> {
    try {
      const given = decodeText(new Uint8Array(await file.arrayBuffer()))?.text ?? '';
      const sweep = JSON.parse(given) as Record<string, unknown>;
      const text = JSON.stringify(sweep);
      if (text.length > MOST_ENTRY) return words.tooLong;
      const planned = await this.lab.plan(sweep);
      if ('problems' in planned)
        return planned.problems.map((problem) => html`<span>${problem.path}: ${sayProblem(problem)} </span>`);
      this.leading.sweep(text);
      return '';
    } catch (error) {
      return error instanceof SchemaError || error instanceof SyntaxError ? error.message : String(error);
    }
  }
}
