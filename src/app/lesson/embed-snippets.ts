/** What an author pastes to have a figure as it is on the screen. */
import type { LabChart, Prediction } from '../../components/index.ts';
import type { Figure, Size } from '../../lessons/lesson.ts';
import { language } from '../../locales/language.ts';
import type { Changes } from '../../lessons/changes.ts';
import { SEED } from '../../lessons/seed.ts';

export interface Embedded {
  lesson: string;
  lang: string;
  size?: string;
  seed?: number;
  changes?: Changes;
  /** name of the figure that is shown */
  figure?: string;
  /** `linear`, `log-x`, `log-y` or `log-log` */
  scale?: string;
  /** left out, the figure asks first */
  answer?: 'shown';
  /** left out, the curve stands alone */
  view?: 'inside';
  prediction?: Prediction | undefined;
}

/** What a lesson has on the screen. */
export function embeddedFrom(
  lesson: string,
  { size, changes: { [SEED]: seed, ...changes } }: { size: Size; changes: Changes },
  chart: LabChart | null,
  figure: Figure | undefined,
  prediction: Prediction | undefined,
): Embedded {
  const [x, y] = [chart?.logX ?? false, chart?.logY ?? false];
  const usual = !chart || !figure || ((figure.x.scale === 'log') === x && (figure.y.scale === 'log') === y);
  return {
    lesson,
    lang: language(),
    size,
    ...(typeof seed === 'number' && { seed }),
    changes,
    ...(figure && figure.name !== 'live' && { figure: figure.name }),
    ...(!usual && { scale: x && y ? 'log-log' : x ? 'log-x' : y ? 'log-y' : 'linear' }),
    prediction,
  };
}

/** The attributes in their order; what is as usual is left out. */
function attributesOf({ changes, prediction, seed, ...words }: Embedded): [string, string][] {
  const all: Record<string, string | undefined> = {
    ...words,
    seed: seed === undefined ? undefined : String(seed),
    changes: changes && Object.keys(changes).length ? JSON.stringify(changes) : undefined,
    prediction: prediction && JSON.stringify(prediction),
  };
  return Object.entries(all).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** @param base address of the lab, with its last slash */
export function scriptSnippet(base: string, embedded: Embedded): string {
  const attributes = attributesOf(embedded).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return `<script type="module" src="${escaped(base)}scaling-lab.js"></script>\n<scaling-lab${attributes.join('')}></scaling-lab>`;
}

export function frameAddress(base: string, embedded: Embedded): string {
  return `${base}embed.html?${new URLSearchParams(attributesOf(embedded)).toString()}`;
}

export function frameSnippet(base: string, embedded: Embedded): string {
  const address = escaped(frameAddress(base, embedded));
  return `<iframe src="${address}" title="Scaling Lab" width="100%" height="600" loading="lazy" style="border:0"></iframe>`;
}
