/** The head of the projector's page: which class this is, where it is, how one comes in, and what it is about. */
import { html, nothing, type TemplateResult } from 'lit';
import { PHASES, shownCode } from '../../../../class/live.ts';
import { liveWords as words } from '../live-words.ts';
import { titleOf } from '../plan-words.ts';
import { inviting } from '../session.ts';
import type { Shown } from './shown.ts';

export function renderHead({ client, leading }: Shown): TemplateResult {
  const { plan, board, code, connection } = client;
  return html`<header>
      <p class="which">
        <span class="mark" aria-hidden="true"></span>${words.title} <b>${shownCode(code)}</b>
      </p>
      <nav aria-label=${words.title}>
        ${PHASES.map(
          (phase) =>
            html`<button
              type="button"
              aria-current=${phase === plan.phase ? 'step' : nothing}
              @click=${() => leading.go(phase)}
            >
              ${words.phases[phase]}
            </button>`,
        )}
      </nav>
      <p class="where">
        <b>${board.counts.here}</b> ${words.present} · ${inviting(code).replace(/^https?:\/\//, '')}
      </p>
    </header>
    ${
      connection === 'open'
        ? nothing
        : html`<p class="notice" data-kind="bad" role="alert">${words.reconnecting}</p>`
    }
    <h1 tabindex="-1">${titleOf(plan)}</h1>
    ${plan.ended ? html`<p class="notice">${words.ended}</p>` : nothing}`;
}
