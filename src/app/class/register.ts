/** The pages of a class: what they are called, how they are drawn, and their look. Loaded with the first of them. */
import { html } from 'lit';
import { define } from '../../components/define.ts';
// A class is of lessons: with all of a lesson's scripts as they are, none is cut into smaller ones for this page.
import '../lesson/register.ts';
import type { Page } from '../pages.ts';
import { ClassFigure } from './class-figure.ts';
import { ClassGather } from './class-gather.ts';
import { ClassPage } from './class-page.ts';
import { words } from './class-words.ts';
import { JoinPage } from './join-page.ts';
import { joinWords } from './join-words.ts';
import { QRCode } from './qr-code.ts';
import './style.ts';

define('qr-code', QRCode);
define('class-figure', ClassFigure);
customElements.define('class-gather', ClassGather);
customElements.define('class-page', ClassPage);
customElements.define('join-page', JoinPage);

export const pages = {
  class: {
    get title() {
      return words.question;
    },
    get description() {
      return words.description;
    },
    render: ({ curriculum }) => html`<class-page .curriculum=${curriculum}></class-page>`,
  },
  join: {
    get title() {
      return joinWords.title;
    },
    get description() {
      return joinWords.description;
    },
    render: () => html`<join-page></join-page>`,
  },
} satisfies Record<string, Page>;
