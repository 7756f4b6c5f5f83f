/** The head of a document: how others show it and where its siblings are. */
import { LANGUAGES, SOURCE, TAGS } from '../../src/languages.ts';
import { type Document, escaped, folderOf, titleOf } from './documents.ts';
import { WORDS } from './words.ts';

type Tag = [name: 'link' | 'meta', attributes: Record<string, string>] | [name: 'script', data: object];

/** The open graph's names of languages. */
const LOCALES = { en: 'en_US', zh: 'zh_CN' };
/** Cards: made by scripts/cards.mjs. */
export const CARD = { width: 1200, height: 630 };
export const cardOf = ({ page, language }: Pick<Document, 'page' | 'language'>): string =>
  `cards/${page === '' ? 'home' : page.replace('lesson/', '')}.${language}.png`;

/** The template with title and description of a document. */
export function describedAs(template: string, document: Document): string {
  const description = escaped(document.description);
  return template
    .replace(/<title>.*<\/title>/, () => `<title>${escaped(titleOf(document))}</title>`)
    .replace(/(<meta name="description" content=")[^"]*/, (_, before: string) => before + description);
}

/** Canonical address and siblings; whole where the site's address is known. */
export function alternates(document: Document, up: string, site: string | undefined): Tag[] {
  const at = (language: Document['language']): string =>
    (site ?? up) + folderOf({ page: document.page, language });
  const canonical: Tag[] =
    site === undefined ? [] : [['link', { rel: 'canonical', href: at(document.language) }]];
  return [
    ...canonical,
    ...LANGUAGES.map((language): Tag => [
      'link',
      { rel: 'alternate', hreflang: TAGS[language], href: at(language) },
    ]),
    ['link', { rel: 'alternate', hreflang: 'x-default', href: at(SOURCE) }],
  ];
}

/** Open Graph, Twitter's card, and for a lesson JSON-LD, oEmbed and Iframely's player. */
export function card(document: Document, site: string | undefined): Tag[] {
  const { heading, description, language, prose } = document;
  const address = site && site + folderOf(document);
  const property = (name: string, content: string): Tag => ['meta', { property: `og:${name}`, content }];
  const picture = site && site + cardOf(document);
  return [
    property('type', prose ? 'article' : 'website'),
    property('title', titleOf(document)),
    property('description', description),
    property('site_name', WORDS[language].site),
    property('locale', LOCALES[language]),
    ...LANGUAGES.filter((other) => other !== language).map((other) =>
      property('locale:alternate', LOCALES[other]),
    ),
    ['meta', { name: 'twitter:card', content: 'summary_large_image' }],
    ...(address && picture
      ? [
          property('url', address),
          property('image', picture),
          property('image:width', String(CARD.width)),
          property('image:height', String(CARD.height)),
          property('image:alt', heading),
        ]
      : []),
    ...(prose ? lessonTags(document, address, picture) : []),
  ];
}

function lessonTags(document: Document, address: string | undefined, picture: string | undefined): Tag[] {
  const { heading, description, language, prose, page } = document;
  const title = titleOf(document);
  const { minutes, sources } = prose!;
  const data = {
    '@context': 'https://schema.org',
    '@type': 'LearningResource',
    name: heading,
    description,
    inLanguage: TAGS[language],
    learningResourceType: 'interactive experiment',
    interactivityType: 'active',
    timeRequired: `PT${minutes}M`,
    isAccessibleForFree: true,
    license: 'https://spdx.org/licenses/MIT',
    citation: sources.map(({ text, url }) => ({ '@type': 'ScholarlyArticle', name: text, url })),
    ...(address && { url: address, image: picture }),
  };
  const linked: Tag[] = address
    ? [
        ['link', { rel: 'alternate', type: 'application/json+oembed', href: `${address}oembed.json`, title }],
        [
          'link',
          {
            rel: 'iframely player',
            type: 'text/html',
            href: figureAddress(page, language, address.slice(0, -folderOf(document).length)),
            media: '(min-width: 320px)',
          },
        ],
      ]
    : [];
  return [...linked, ['script', data]];
}

/** The figure of a lesson alone, in the page for frames. @param page `lesson/NAME` */
export function figureAddress(page: string, language: Document['language'], site: string): string {
  const words = new URLSearchParams({ lesson: page.replace('lesson/', ''), lang: TAGS[language] });
  return `${site}embed.html?${words.toString()}`;
}

export function tagsOf(tags: readonly Tag[]): string {
  return tags
    .map(([name, content]) =>
      name === 'script'
        ? // `<` could end the script.
          `  <script type="application/ld+json">${JSON.stringify(content).replaceAll('<', '\\u003c')}</script>\n`
        : `  <${name} ${Object.entries(content)
            .map(([key, value]) => `${key}="${escaped(value)}"`)
            .join(' ')} />\n`,
    )
    .map((line) => `  ${line}`)
    .join('');
}
