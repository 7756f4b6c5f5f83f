/** The text of the task `text`: pasted, or dropped as a file. It stays on the device. */
import { html, type TemplateResult } from 'lit';
import { typed, whole } from '../../components/index.ts';
import { cut } from '../../show.ts';
import type { FormDescription } from '../../worker/protocol.ts';
import { strings } from './sandbox-strings.ts';

/** Characters that the field shows: more would make it slow, and nobody reads them there. */
const SHOWN = 4000;

export interface OwnText {
  text: string | undefined;
  /** what is wrong with it */
  error: string | undefined;
  /** what is said about the last file */
  note: string;
  form: FormDescription;
  change: (text: string | undefined, note: string) => void;
}

export function renderOwnText({ text, error, note, form, change }: OwnText): TemplateResult {
  const field = form.tasks.find(({ name }) => name === 'text')!.fields.find(({ key }) => key === 'text')!;
  const sample = field.default as string;
  const most = field.kind === 'text' ? field.max : 0;
  const words = strings.text;
  const current = text ?? sample;
  const take = (given: string): void => {
    const note = given.length > most ? words.shortened(whole(most)) : '';
    change(given === sample ? undefined : cut(given, most), note);
  };
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      // Four bytes a character at most.
      const bytes = await file.slice(0, 4 * most).arrayBuffer();
      // As a stream: the cut may go through a character.
      take(new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }));
    } catch {
      change(text, words.notText);
    }
  };
  return html`<div class="own-text">
    <label for="own-text">${words.title}</label>
    <textarea
      id="own-text"
      rows="5"
      spellcheck="false"
      aria-describedby="own-text-help"
      aria-invalid=${error === undefined ? 'false' : 'true'}
      .value=${typed(cut(current, SHOWN))}
      ?readonly=${current.length > SHOWN}
      @change=${(event: Event) => take((event.target as HTMLTextAreaElement).value)}
      @paste=${(event: ClipboardEvent) => {
        const pasted = event.clipboardData?.getData('text/plain') ?? '';
        if (pasted.length < SHOWN) return;
        event.preventDefault();
        take(pasted);
      }}
      @dragover=${(event: DragEvent) => event.preventDefault()}
      @drop=${(event: DragEvent) => {
        const [file] = event.dataTransfer?.files ?? [];
        if (!file) return;
        event.preventDefault();
        void read(file);
      }}
    ></textarea>
    <p class="caption" id="own-text-help">${words.help} ${words.count(whole(current.length))}. ${note}</p>
    ${error === undefined ? '' : html`<p class="field-error" lang="en">${error}</p>`}
    <p class="row">
      <label class="quiet file"
        >${words.choose}<input
          class="visually-hidden"
          type="file"
          accept="text/*,.txt,.md,.csv"
          @change=${(event: Event) => {
            const input = event.target as HTMLInputElement;
            void read(input.files?.[0]);
            input.value = '';
          }}
      /></label>
      <button
        class="quiet"
        type="button"
        ?disabled=${text === undefined}
        @click=${() => change(undefined, '')}
      >
        ${words.sample}
      </button>
    </p>
  </div>`;
}
