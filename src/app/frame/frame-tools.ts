/** The tools at the top of every page: the other language, the theme, large type for a projector. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { type Language, LANGUAGES, TAGS } from '../../languages.ts';
import { language, NAMES } from '../../locales/language.ts';
import { strings } from './app-strings.ts';
import { nextTheme, type Settings, type Theme } from './settings.ts';

const ICONS: Record<Theme, TemplateResult> = {
  system: svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.6" /><path d="M8 2a6 6 0 0 1 0 12z" />`,
  light: svg`<circle cx="8" cy="8" r="3.2" /><path d="M8 .8v2M8 13.2v2M.8 8h2M13.2 8h2M2.9 2.9l1.4 1.4M11.7 11.7l1.4 1.4M2.9 13.1l1.4-1.4M11.7 4.3l1.4-1.4" stroke="currentColor" stroke-width="1.5" />`,
  dark: svg`<path d="M13.6 10.2A6.2 6.2 0 0 1 5.8 2.4a6.2 6.2 0 1 0 7.8 7.8z" />`,
};

export function renderTools(
  { theme, projector }: Settings,
  change: (change: Partial<Settings>) => void,
  speak: (language: Language) => void,
): TemplateResult {
  const other = LANGUAGES.find((candidate) => candidate !== language())!;
  // The page works without the presenter's tools.
  if (projector) void import('../presenter/presenter-tools.ts').catch(console.warn);
  return html`<div class="tools">
    ${projector ? html`<presenter-tools></presenter-tools>` : nothing}
    <button type="button" lang=${TAGS[other]} @click=${() => speak(other)}>${NAMES[other]}</button>
    <button
      type="button"
      aria-label=${strings.theme[theme]}
      title=${strings.theme[theme]}
      @click=${() => change({ theme: nextTheme(theme) })}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" fill="currentColor" aria-hidden="true">
        ${ICONS[theme]}
      </svg>
    </button>
    <button
      class="projector"
      type="button"
      title=${strings.projectorHelp}
      aria-pressed=${projector}
      @click=${() => change({ projector: !projector })}
    >
      ${strings.projector}
    </button>
  </div>`;
}
