/** A sweep that the sandbox has saved becomes what the class trains together. */
import { html, type TemplateResult } from 'lit';
import { MOST_ENTRY } from '../../../class/live.ts';
import { SchemaError } from '../../../problems.ts';
import { decodeText } from '../../../text-file.ts';
import type { Lab } from '../../../worker/protocol.ts';
import { sayProblem } from '../../say-problem.ts';
import type { Leading } from './leading.ts';
import { liveWords as words } from './live-words.ts';

/** @param tell says what is wrong with a file; nothing where it is right */
export function renderSweepChoice(
  lab: Lab,
  leading: Leading,
  tell: (problem: unknown) => void,
): TemplateResult {
  return html`<label class="quiet file"
    >${words.sweepFile}<input
      class="visually-hidden"
      type="file"
      accept=".json,application/json"
      @change=${async (event: Event) => {
        const field = event.target as HTMLInputElement;
        const [file] = field.files ?? [];
        field.value = '';
        if (file) tell(await choose(lab, leading, file));
      }}
  /></label>`;
}

async function choose(lab: Lab, leading: Leading, file: File): Promise<unknown> {
  try {
    const sweep = JSON.parse(decodeText(new Uint8Array(await file.arrayBuffer()))?.text ?? '') as Record<
      string,
      unknown
    >;
    const text = JSON.stringify(sweep);
    if (text.length > MOST_ENTRY) return words.sweepTooLong;
    const planned = await lab.plan(sweep);
    if ('problems' in planned)
      return planned.problems.map((problem) => html`<span>${problem.path}: ${sayProblem(problem)} </span>`);
    leading.sweep(text);
    return '';
  } catch (error) {
    return error instanceof SchemaError || error instanceof SyntaxError ? error.message : String(error);
  }
}
