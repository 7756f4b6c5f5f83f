/** The pages of a live class: that of a learner, and that of the projector. Loaded with the first of them. */
import { html } from 'lit';
import { define } from '../../../components/define.ts';
import '../../lesson/register.ts';
import type { Page } from '../../pages.ts';
import { ClassFigure } from '../class-figure.ts';
import { QRCode } from '../qr-code.ts';
import '../style.ts';
import { liveWords } from './live-words.ts';

import { ProjectorPage } from './projector-page.ts';
import { RoomPage } from './room-page.ts';
import './style.ts';

define('qr-code', QRCode);
define('class-figure', ClassFigure);
// It comes with the first lesson, unless that was opened before its browser was in a class.
void import('./on-lesson.ts').catch((error: unknown) => console.warn(error));
customElements.define('room-page', RoomPage);
customElements.define('projector-page', ProjectorPage);

export const pages = {
  room: {
    get title() {
      return liveWords.pageTitle;
    },
    get description() {
      return liveWords.description;
    },
    render: ({ lab, curriculum }) => html`<room-page .lab=${lab} .curriculum=${curriculum}></room-page>`,
  },
  projector: {
    get title() {
      return liveWords.projector;
    },
    get description() {
      return liveWords.description;
    },
    render: ({ lab, curriculum }) =>
      html`<projector-page .lab=${lab} .curriculum=${curriculum}></projector-page>`,
  },
} satisfies Record<string, Page>;
