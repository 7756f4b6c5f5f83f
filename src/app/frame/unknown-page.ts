/** An address that means no page: says so, and what there is. */
import { html, type TemplateResult } from 'lit';
import { text } from '../../lessons/shared/text.ts';
import { language } from '../../locales/language.ts';
import { say } from '../../locales/say.ts';
import { LESSON_NAMES, metaOf } from '../curriculum.ts';
import { strings as home } from '../home/home-strings.ts';
import type { Page } from '../pages.ts';
import { strings } from './app-strings.ts';

const TITLE = text('There is no such page', '没有这个页面');
const HELP = text(
  'The address may have been cut off or mistyped. These are the lessons and pages that there are:',
  '地址可能被截断或输错了。现有的课程和页面如下：',
);
const CLASS = text('A class', '班级');

function render(): TemplateResult {
  const link = (page: string, title: string): TemplateResult =>
    html`<li><a href="#/${page}">${title}</a></li>`;
  return html`<div class="page" data-testid="unknown-page">
    <h1 tabindex="-1">${say(TITLE)}</h1>
    <p>${say(HELP)}</p>
    <ol>
      ${LESSON_NAMES.map((name) => link(`lesson/${name}`, metaOf(name, language()).title))}
    </ol>
    <ul>
      ${link('', home.title)} ${link('shape', home.cards.shape.heading)}
      ${link('language', home.cards.language.heading)} ${link('glossary', strings.glossary)}
      ${link('teacher', strings.teachers)} ${link('class', say(CLASS))} ${link('bench', strings.bench)}
    </ul>
  </div>`;
}

export const pages = {
  unknown: {
    get title() {
      return say(TITLE);
    },
    get description() {
      return say(HELP);
    },
    render,
  },
} satisfies Record<string, Page>;
