/** A finished run as a link, a file and a QR code: loaded when a result is given, since most are not. */
import { html, type TemplateResult } from 'lit';
import { fittingResult, WORD } from '../../class/codec.ts';
import { define } from '../../components/define.ts';
import { download } from '../../components/download.ts';
import type { Prediction } from '../../components/index.ts';
import type { KeptRun } from '../../findings/kept-run.ts';
import { withoutTrackers } from '../sharing/address.ts';
import { renderCopied } from './copied.ts';
import { givenOf } from './given-of.ts';
import { lessonWords as words } from './lesson-words.ts';
import { QRCode } from './qr-code.ts';
import './style.ts';

define('qr-code', QRCode);

/** @throws Error where it does not fit */
export async function linkOf(run: KeptRun, prediction: Prediction | undefined): Promise<string | undefined> {
  const given = await givenOf(run, prediction);
  if (!given) return undefined;
  const { text } = await fittingResult(given);
  const { origin, pathname, search } = location;
  return `${origin}${pathname}${withoutTrackers(search)}#/class?${WORD}=${text}`;
}

export function renderGiven(link: string, lesson: string): TemplateResult {
  const file = (): Blob => new Blob([`${link}\n`], { type: 'text/plain' });
  return html`<div class="given">
    <div>
      <p>${words.what}</p>
      ${renderCopied(link, words.link)}
      <button class="quiet" type="button" @click=${() => download(`result-${lesson}.txt`, file())}>
        ${words.save}
      </button>
    </div>
    <qr-code .text=${link} .label=${words.code}></qr-code>
  </div>`;
}
