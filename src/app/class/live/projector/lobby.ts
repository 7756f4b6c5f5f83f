/** How learners come in, who is here, and what the class will do. */
import { html, nothing, type TemplateResult } from 'lit';
import { shownCode, type Work } from '../../../../class/live.ts';
import { type Size, SIZES } from '../../../../lessons/lesson.ts';
import { EXPERIMENT_NAMES } from '../../../../lessons/path.ts';
import { language } from '../../../../locales/language.ts';
import { metaOf } from '../../../curriculum.ts';
import { words as classWords } from '../../class-words.ts';
import { SIZE_NAMES } from '../../size-names.ts';
import { liveWords as words } from '../live-words.ts';
import { inviting } from '../session.ts';
import type { Shown } from './shown.ts';

/** @param more choices of the lobby */
export function renderLobby({ client, leading }: Shown, more: unknown): TemplateResult {
  const { plan, code, board, results } = client;
  const { counts } = board;
  const link = inviting(code);
  return html`<div class="lobby">
    <section class="invite-all">
      <qr-code .text=${link} .label=${classWords.code}></qr-code>
      <div>
        <p>${words.open}</p>
        <p class="link">${link.replace(/^https?:\/\//, '')}</p>
        <p class="code">${shownCode(code)}</p>
      </div>
    </section>
    <aside>
      <p class="big">${counts.here} <small>${words.present}</small></p>
      <p>${words.devices(counts.gpu, counts.cpu, counts.none)}</p>
      ${counts.insecure ? html`<p class="hint">${words.insecureCount(counts.insecure)}</p>` : nothing}
      ${
        plan.hidesNames
          ? nothing
          : html`<ul class="names">
              ${results.rows.filter(({ here }) => here).map(({ name }) => (name ? html`<li>${name}</li>` : nothing))}
            </ul>`
      }
      <p class="row choice">
        <label
          >${classWords.lesson}
          <select @change=${(event: Event) => leading.choose(chosen(event))}>
            ${EXPERIMENT_NAMES.map(
              (name) =>
                html`<option value=${name} .selected=${name === plan.lesson}>
                  ${metaOf(name, language()).title}
                </option>`,
            )}
          </select></label
        >
        <label
          >${classWords.size}
          <select @change=${(event: Event) => leading.resize(chosen(event) as Size)}>
            ${SIZES.map(
              (size) =>
                html`<option value=${size} .selected=${size === plan.size}>${SIZE_NAMES[size]}</option>`,
            )}
          </select></label
        >
        <label
          >${words.work}
          <select @change=${(event: Event) => leading.share(chosen(event) as Work)}>
            <option value="own-seed" .selected=${plan.work === 'own-seed'}>${words.ownSeed}</option>
            <option value="many-hands" .selected=${plan.work === 'many-hands'}>${words.manyHands}</option>
          </select></label
        >
      </p>
      ${plan.work === 'many-hands' ? more : nothing}
    </aside>
  </div>`;
}

const chosen = (event: Event): string => (event.target as HTMLSelectElement).value;
