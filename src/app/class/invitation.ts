/** The link by which learners come in: the lesson, its size, and the class's word. Each device takes a seed of its own. */
import { html, type TemplateResult } from 'lit';
import type { Size } from '../../lessons/lesson.ts';
import { withoutTrackers } from '../sharing/address.ts';
import { words } from './class-words.ts';
import { renderCopied } from './copied.ts';

export function invitationTo(lesson: string, size: Size, name: string): string {
  const { origin, pathname, search } = location;
  const said = new URLSearchParams({ lesson, size, class: name });
  return `${origin}${pathname}${withoutTrackers(search)}#/join?${said.toString()}`;
}

export function renderInvitation(lesson: string, size: Size, name: string): TemplateResult {
  const link = invitationTo(lesson, size, name);
  return html`<section class="card invite" aria-label=${words.invite}>
    <div>
      <h2>${words.invite}</h2>
      <p>${words.inviteWhat}</p>
      ${renderCopied(link, words.invite)}
    </div>
    <qr-code .text=${link} .label=${words.code}></qr-code>
  </section>`;
}
