/** A finished run as a link, a file and a QR code: loaded when a result is given, since most are not. */
import { html, type TemplateResult } from 'lit';
import { fittingResult, WORD } from '../../class/codec.ts';
import type { MemberResult } from '../../class/result.ts';
import { define } from '../../components/define.ts';
import { download } from '../../components/download.ts';
import type { Prediction } from '../../components/index.ts';
import type { KeptRun } from '../../findings/kept-run.ts';
import { withoutTrackers } from '../sharing/address.ts';
import { loadAnswers } from './concept-store.ts';
import { renderCopied } from './copied.ts';
import { forClassOf } from './for-class.ts';
import { lessonWords as words } from './lesson-words.ts';
import { membership } from './membership.ts';
import { QRCode } from './qr-code.ts';
import './style.ts';

define('qr-code', QRCode);

/** @throws Error where it does not fit */
export async function linkOf(run: KeptRun, prediction: Prediction | undefined): Promise<string | undefined> {
  const about = await forClassOf(run.lesson);
  if (!about) return undefined;
  const { text } = await fittingResult({
    run,
    pooled: about.pooled,
    member: membership().member,
    ...(prediction && { prediction: pointsOf(prediction) }),
    ...loadAnswers(run.lesson),
  });
  const { origin, pathname, search } = location;
  return `${origin}${pathname}${withoutTrackers(search)}#/class?${WORD}=${text}`;
}

const pointsOf = ({ kind, points }: Prediction): NonNullable<MemberResult['prediction']> => ({
  kind,
  points: points.map(([x, y]): [number, number] => [x, y]),
});

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
