/** The path of lessons as a row of dots: one stop of the tab key, and arrow keys along it. */
import { html, nothing, type TemplateResult } from 'lit';
import { language } from '../../locales/language.ts';
import { LESSON_NAMES, metaOf } from '../curriculum.ts';
import { strings } from './app-strings.ts';
import type { Settings } from './settings.ts';

/** @param page the one that is shown or on its way, such as `lesson/mirage` */
export function renderDots(page: string, progress: Settings['progress']): TemplateResult {
  const here = LESSON_NAMES.findIndex((name) => page === `lesson/${name}`);
  return html`<nav class="dots" aria-label=${strings.lessons} @keydown=${moveAlong}>
    ${LESSON_NAMES.map((name, i) => {
      const done = progress[name] === 'checked';
      const { title } = metaOf(name, language());
      const label = done ? strings.lessonDone(i + 1, title) : strings.lesson(i + 1, title);
      return html`<a
        href="#/lesson/${name}"
        class=${done ? 'done' : ''}
        tabindex=${i === Math.max(0, here) ? 0 : -1}
        aria-current=${i === here ? 'page' : nothing}
        aria-label=${label}
        title=${label}
      ></a>`;
    })}
  </nav>`;
}

/** Arrow keys go from link to link. */
function moveAlong(event: KeyboardEvent): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const links = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('a')];
  const at = links.indexOf(event.target as HTMLElement);
  if (by === undefined || at < 0) return;
  event.preventDefault();
  links[Math.min(links.length - 1, Math.max(0, at + by))]!.focus();
}
