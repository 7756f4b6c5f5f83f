/** An address that means no page: says so, and what there is. */
import { html, type TemplateResult } from 'lit';
import { strings } from './app-strings.ts';
import { LESSON_NAMES, metaOf } from '../curriculum.ts';
import { strings as home } from '../home/home-strings.ts';
import { language } from '../../locales/language.ts';

export function renderUnknown(): TemplateResult {
  const link = (page: string, title: string): TemplateResult =>
    html`<li><a href="#/${page}">${title}</a></li>`;
  return html`<div class="page" data-testid="unknown-page">
    <h1 tabindex="-1">${strings.unknown}</h1>
    <p>${strings.unknownHelp}</p>
    <ol>
      ${LESSON_NAMES.map((name) => link(`lesson/${name}`, metaOf(name, language()).title))}
    </ol>
    <ul>
      ${link('', home.title)} ${link('shape', home.cards.shape.heading)}
      ${link('language', home.cards.language.heading)} ${link('glossary', strings.glossary)}
      ${link('teacher', strings.teachers)} ${link('class', strings.classes)} ${link('bench', strings.bench)}
    </ul>
  </div>`;
}
