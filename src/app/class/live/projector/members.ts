/** All members, for whoever leads: names are changed, and members taken out. */
import { html, nothing, type TemplateResult } from 'lit';
import { type MemberRow, MOST_NAME } from '../../../../class/live.ts';
import { liveWords as words } from '../live-words.ts';
import type { Leading } from './leading.ts';

export function renderMembers(
  rows: readonly MemberRow[],
  hidesNames: boolean,
  leading: Leading,
): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  return html`<details class="members">
    <summary>${words.members} (${rows.length})</summary>
    <ul>
      ${rows.map(
        ({ id, name, here }) =>
          html`<li data-here=${here}>
            <span>${hidesNames ? id.slice(0, 4) : name || words.unnamed}</span>
            <input
              aria-label=${words.rename}
              placeholder=${words.rename}
              maxlength=${MOST_NAME}
              autocomplete="off"
              @change=${(event: Event) => {
                const field = event.target as HTMLInputElement;
                leading.rename(id, field.value);
                field.value = '';
              }}
            />
            <button class="quiet" type="button" @click=${() => leading.remove(id)}>${words.remove}</button>
          </li>`,
      )}
    </ul>
  </details>`;
}
