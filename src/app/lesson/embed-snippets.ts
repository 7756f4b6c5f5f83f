/** The texts that an author pastes to show the figure, as it is on the screen, in another page. */
import { SOURCE } from '../../languages.ts';
import type { Embedded } from './embedded.ts';

/** What the author sets beside the figure's own attributes. */
export interface Around {
  /** the accessible name of the frame or picture */
  title: string;
  caption?: string;
  /** of a frame, px; where the frame grows, only its first height */
  height: number;
  /** the frame becomes as high as what is in it */
  grows?: boolean;
}

/** The attributes in their usual order, without those that have their default. */
function attributesOf({ changes, prediction, seed, ...words }: Embedded): [string, string][] {
  const all: Record<string, string | undefined> = {
    ...words,
    seed: seed === undefined ? undefined : String(seed),
    changes: changes && Object.keys(changes).length ? JSON.stringify(changes) : undefined,
    prediction: prediction && JSON.stringify(prediction, shortNumbers),
  };
  return Object.entries(all).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
}

/** A prediction is drawn by hand: further digits would be noise. */
const shortNumbers = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(4)) : value;

/** MDX would take braces for code. */
const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('{', '&#123;')
    .replaceAll('}', '&#125;');

/** The lesson's own document, and the card that shows what it asks. @param base address of the lab, with its last slash */
export function placesOf(base: string, { lesson, lang }: Embedded): { page: string; card: string } {
  const folder = lang === SOURCE ? '' : `${lang}/`;
  return { page: `${base}${folder}lesson/${lesson}/`, card: `${base}cards/${lesson}.${lang}.png` };
}

/** A picture with a link, for feeds, mail and print, where no script runs. */
function picture(base: string, embedded: Embedded, { title }: Around): string {
  const { page, card } = placesOf(base, embedded);
  return `<a href="${escaped(page)}"><img src="${escaped(card)}" alt="${escaped(title)}" width="600" /></a>`;
}

function element(base: string, embedded: Embedded, around: Around): string {
  const attributes = attributesOf(embedded).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return `<script type="module" src="${escaped(base)}scaling-lab.js"></script>
<scaling-lab${attributes.join('')}>${picture(base, embedded, around)}</scaling-lab>`;
}

export function scriptSnippet(base: string, embedded: Embedded, around: Around): string {
  const figure = element(base, embedded, around);
  return around.caption
    ? `<figure>\n${figure}\n<figcaption>${escaped(around.caption)}</figcaption>\n</figure>`
    : figure;
}

/** HTML that Markdown leaves alone and MDX can read: all attributes have text values, and all elements are closed. */
export function markdownSnippet(base: string, embedded: Embedded, around: Around): string {
  const caption = around.caption?.replaceAll(/([\\`*_{}[\]<>])/g, '\\$1');
  return element(base, embedded, around) + (caption ? `\n\n*${caption}*` : '');
}

export function frameAddress(base: string, embedded: Embedded): string {
  return `${base}embed.html?${new URLSearchParams(attributesOf(embedded)).toString()}`;
}

/** One script for all frames of a page; it may be pasted more than once. */
const GROWS = `<script>
addEventListener('message', ({ source, data }) => {
  for (const frame of document.querySelectorAll('iframe'))
    if (frame.contentWindow === source && data?.type === 'scaling-lab-height') frame.height = data.height;
});
</script>`;

export function frameSnippet(base: string, embedded: Embedded, around: Around): string {
  const { title, caption, height, grows } = around;
  const address = escaped(frameAddress(base, embedded));
  const frame = `<iframe src="${address}" title="${escaped(title)}" width="100%" height="${height}" loading="lazy" style="border:0"></iframe>`;
  const figure = caption
    ? `<figure>\n${frame}\n<figcaption>${escaped(caption)}</figcaption>\n</figure>`
    : frame;
  return grows ? `${figure}\n${GROWS}` : figure;
}

/** A notebook cell: an anywidget class whose traits are the attributes. */
export function notebookSnippet(base: string, embedded: Embedded): string {
  const { prediction: _, changes, ...words } = embedded;
  const traits = Object.entries(words).flatMap(([name, value]) => {
    const kind = typeof value === 'number' ? 'Int' : 'Unicode';
    return [`    ${name} = traitlets.${kind}(${JSON.stringify(value)}).tag(sync=True)`];
  });
  const settings = Object.keys(changes ?? {}).length
    ? [`    changes = traitlets.Dict(json.loads(${JSON.stringify(JSON.stringify(changes))})).tag(sync=True)`]
    : [];
  return [
    '# pip install anywidget',
    ...(settings.length ? ['import json'] : []),
    'import anywidget, traitlets',
    '',
    'class Figure(anywidget.AnyWidget):',
    `    _esm = 'import figure from ${JSON.stringify(`${base}anywidget.js`)}; export default figure;'`,
    ...traits,
    ...settings,
    '    result = traitlets.Dict().tag(sync=True)',
    '    error = traitlets.Dict().tag(sync=True)',
    '',
    'Figure()',
  ].join('\n');
}
