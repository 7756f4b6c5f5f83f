/** A text to be copied: the field, and a button that copies it, or selects it where the clipboard is closed to the page. */
import { html, type TemplateResult } from 'lit';
import { words } from './class-words.ts';

export function renderCopied(text: string, label: string): TemplateResult {
  return html`<p class="row copied-row">
    <input
      class="copied"
      readonly
      aria-label=${label}
      .value=${text}
      @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
    />
    <button class="pill" type="button" @click=${(event: Event) => void copy(event, text)}>
      ${words.copy}
    </button>
    <span role="status"></span>
  </p>`;
}

async function copy(event: Event, text: string): Promise<void> {
  const row = (event.target as HTMLElement).closest('.copied-row')!;
  const status = row.querySelector('[role=status]')!;
  try {
    await (navigator as Partial<Navigator>).clipboard!.writeText(text);
    status.textContent = words.copied;
  } catch {
    row.querySelector('input')!.select();
    status.textContent = words.select;
  }
}
