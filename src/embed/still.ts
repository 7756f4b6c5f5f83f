/** The figure before anything but its recording is there, and what stands around it at all times. */
import { html, nothing, type TemplateResult } from 'lit';
import { type Language, TAGS } from '../languages.ts';
import { axisLabel, say } from '../figures/series.ts';
import type { ChartFrame, Prediction } from '../components/index.ts';
import type { Figure, Text } from '../lessons/lesson.ts';
import type { Choice } from './experiment.ts';
import { type Poster, renderPoster } from './poster.ts';
import { pageURL, type Settings } from './settings.ts';
import type { Recorded } from './source.ts';
import { type Words, wordsIn } from './strings.ts';

export interface Still {
  words: Words;
  figures: readonly Figure[];
  chosen: number;
  /** the question that the figure answers */
  title: string;
  /** for the plot, px */
  room: { width: number; height: number };
  /** the chart is being loaded */
  starting: boolean;
  controls: readonly string[];
  /** a picture in the place of the recorded curves */
  poster: string | undefined;
  prediction: Prediction | undefined;
  /** what the axes show at least */
  frame: ChartFrame | undefined;
  /** where along x the answer shall be drawn */
  asked?: Poster['asked'];
  placed?: Poster['placed'];
  choose: (index: number) => void;
  run: () => void;
  explore: () => void;
}

export function renderStill(still: Still): TemplateResult {
  const { words, starting, controls, figures } = still;
  return html`${renderPicture(still)}
  ${
    controls.includes('run')
      ? html`<div class="bar" part="bar">
          ${renderRun(still)}
          ${
            figures.length
              ? html`<button type="button" aria-disabled=${starting} @click=${still.explore}>
                  ${words.explore}
                </button>`
              : nothing
          }
        </div>`
      : nothing
  }`;
}

export function renderRun({ words, starting, run }: Still): TemplateResult {
  return html`<button
    class="primary"
    part="primary"
    type="button"
    title=${words.runHelp}
    aria-disabled=${starting}
    @click=${run}
  >
    ${starting ? words.starting : words.run}
  </button>`;
}

export function renderPicture({
  words,
  poster,
  controls,
  prediction,
  frame,
  asked,
  placed,
  figures,
  chosen,
  ...still
}: Still): TemplateResult {
  const figure = figures[chosen] ?? figures[0];
  if (poster !== undefined) {
    return html`<img class="poster" part="plot" src=${poster} alt=${still.title || words.figure} />`;
  }
  if (!figure) return html`<div class="nofigure">${words.nothing}</div>`;
  const tabs = figures.length > 1 && controls.includes('figures');
  return html`${
    tabs
      ? html`<div class="tabs" role="group" aria-label=${words.figures}>
          ${figures.map(
            ({ title }, i) =>
              html`<button type="button" aria-pressed=${i === chosen} @click=${() => still.choose(i)}>
                ${say(title)}
              </button>`,
          )}
        </div>`
      : nothing
  }
  ${renderPoster({
    figure,
    prediction,
    frame,
    asked,
    placed,
    logX: figure.x.scale === 'log',
    logY: figure.y.scale === 'log',
    ...still.room,
    description: (names) => words.reading(`${say(figure.title)}, ${axisLabel(figure.y)}`, names),
  })}`;
}

export interface Caption {
  words: Words;
  /** what the recorded run says */
  sentence: Text | undefined;
  provenance: string;
  link: string | undefined;
}

export function renderCaption({ words, sentence, provenance, link }: Caption): TemplateResult {
  return html`<figcaption part="caption">
    ${sentence ? html`${say(sentence)} ` : nothing}${provenance}
    ${link ? html` <a href=${link} target="_blank" rel="noopener">${words.full}</a>` : nothing}
  </figcaption>`;
}

/** Where the recorded curves come from. @param isBehind the reader's own run stands before them */
export function provenanceOf({ device, date }: Recorded, isBehind: boolean, language: Language): string {
  const words = wordsIn(language);
  const day = new Date(date).toLocaleDateString(TAGS[language], { dateStyle: 'medium' });
  return (isBehind ? words.behind : words.recorded)(device, day);
}

/** Address of the full lesson with the figure's settings; undefined where no site is known. */
export function linkTo(
  lesson: string | undefined,
  site: string | undefined,
  { size, seed, changes }: Choice,
): string | undefined {
  const from = site ?? __LAB_SITE__;
  const base = from ? pageURL(from, document.baseURI) : undefined;
  if (!base) return undefined;
  const said = new URLSearchParams({
    ...(size !== 'auto' && { size }),
    ...(seed !== undefined && { seed: String(seed) }),
    ...(Object.keys(changes).length && { changes: JSON.stringify(changes) }),
  });
  const query = lesson && said.size ? `?${said.toString()}` : '';
  return new URL(`#/lesson/${lesson ?? 'sandbox'}${query}`, base).href;
}

/** The figure with the axes that the author asked for. */
export function scaled(figure: Figure, scale: Settings['scale']): Figure {
  if (scale === 'auto') return figure;
  const of = (axis: string): 'log' | 'linear' => (scale === 'log-log' || scale === axis ? 'log' : 'linear');
  return { ...figure, x: { ...figure.x, scale: of('log-x') }, y: { ...figure.y, scale: of('log-y') } };
}

/** A notice of what is wrong in the author's attributes, or did not come. @param told the message in the figure's language, line by line */
export function renderError(
  words: Words,
  { name, message }: { name: string; message: string },
  told: readonly unknown[] | undefined,
  again: () => void,
): TemplateResult {
  const button = html`<button type="button" @click=${again}>${words.again}</button>`;
  return notice(words.problem, told ? lines(told) : message, name === LOAD_ERROR ? button : undefined);
}

/** A part of the figure did not come; it may be asked for again. */
export const LOAD_ERROR = 'LoadError';

/** Each in a line of its own. */
export const lines = (told: readonly unknown[]): unknown => told.map((line) => html`${line}<br />`);

export function notice(title: string, message: unknown, button?: TemplateResult): TemplateResult {
  return html`<div class="notice" part="notice" role="alert">
    <b>${title}</b>
    <p>${message}</p>
    ${button}
  </div>`;
}
