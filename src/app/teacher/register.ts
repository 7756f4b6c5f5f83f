/** The pages for teachers: what they are called, how they are drawn. Loaded with the first of them. */
import { html } from 'lit';
import { define } from '../../components/define.ts';
import { LabProse } from '../../components/lab-prose.ts';
import type { Page } from '../pages.ts';
import '../class/style.ts';
import './style.ts';
import { NetworkPage } from './network-page.ts';
import { networkWords } from './network-words.ts';
import { TeacherPage } from './teacher-page.ts';
import { words } from './teacher-words.ts';
import { WorksheetPage } from './worksheet-page.ts';

define('lab-prose', LabProse);
customElements.define('teacher-page', TeacherPage);
customElements.define('worksheet-page', WorksheetPage);
customElements.define('network-page', NetworkPage);

export const pages = {
  worksheet: {
    get title() {
      return words.sheetTitle;
    },
    get description() {
      return words.sheetDescription;
    },
    render: ({ curriculum }) => html`<worksheet-page .curriculum=${curriculum}></worksheet-page>`,
  },
  network: {
    get title() {
      return networkWords.title;
    },
    get description() {
      return networkWords.description;
    },
    render: () => html`<network-page></network-page>`,
  },
} satisfies Record<string, Page>;
