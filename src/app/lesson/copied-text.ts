/** A text field with a button that copies it. */
import { html, type TemplateResult } from 'lit';
import { strings } from './embed-strings.ts';

/** @param said is called with what came of it, in words */
export function renderCopied(
  id: string,
  label: string,
  text: string,
  said: (status: string) => void,
  rows = 3,
): TemplateResult {
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      said(strings.copied);
    } catch {
      said(strings.byHand);
    }
  };
  return html`<label for=${id}>${label}</label>
    <div class="row">
      <textarea
        class="copied"
        id=${id}
        readonly
        rows=${rows}
        .value=${text}
        @focus=${(event: Event) => (event.target as HTMLTextAreaElement).select()}
      ></textarea>
      <button class="small" type="button" @click=${() => void copy()}>${strings.copy}</button>
    </div>`;
}
