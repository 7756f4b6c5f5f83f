/** The text of the task `text`: pasted, or dropped as a file. It stays on the device. */
import { html, type TemplateResult } from 'lit';
import { typed, whole } from '../../components/index.ts';
import { cut } from '../../show.ts';
import { decodeText } from '../../text-file.ts';
import type { Words } from '../../figures/say-problem.ts';
import type { FormDescription } from '../../worker/protocol.ts';
import { strings as shared } from '../experiments/experiment-strings.ts';
import { strings } from './sandbox-strings.ts';

/** Characters that the field shows: more would make it slow, and nobody reads them there. */
const SHOWN = 4000;

export interface OwnText {
  text: string | undefined;
  /** what is wrong with it */
  error: Words | undefined;
  /** what is said about the last file */
  note: string;
  /** share of its characters that are outside the vocabulary; undefined while it is not known */
  rare: { share: number; vocabulary: number } | undefined;
  form: FormDescription;
  change: (text: string | undefined, note: string) => void;
}

/** A larger share outside the vocabulary is highlighted. */
const MUCH_RARE = 0.1;

export function renderOwnText({ text, error, note, rare, form, change }: OwnText): TemplateResult {
  const field = form.tasks.find(({ name }) => name === 'text')!.fields.find(({ key }) => key === 'text')!;
  const sample = field.default as string;
  const most = field.kind === 'text' ? field.max : 0;
  const words = strings.text;
  const current = text ?? sample;
  const take = (given: string, remark = ''): void => {
    const isCut = given.length > most;
    const notes = [remark, ...(isCut ? [words.shortened(whole(most))] : [])].filter(Boolean);
    change(given === sample ? undefined : cut(given, most), notes.join(' '));
  };
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    // UTF-8 has at most four bytes for a character.
    const bytes = await file
      .slice(0, 4 * most)
      .arrayBuffer()
      .catch(() => undefined);
    const decoded = bytes && decodeText(new Uint8Array(bytes));
    if (!decoded) change(text, words.notText);
    else take(decoded.text, decoded.encoding === 'UTF-8' ? '' : words.decoded(decoded.encoding));
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
    ${rare ? renderRare(rare) : ''} ${error === undefined ? '' : html`<p class="field-error">${error}</p>`}
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

function renderRare({ share, vocabulary }: { share: number; vocabulary: number }): TemplateResult {
  const words = strings.text.rare(shared.percent(share), whole(vocabulary));
  return share > MUCH_RARE
    ? html`<p class="notice" data-kind="slow" data-testid="rare">${words}</p>`
    : html`<p class="caption" data-testid="rare">${words}</p>`;
}
