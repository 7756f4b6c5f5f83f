/**
 * A document of its own for each lesson and language, for search engines, cards in messengers, and readers without
 * scripts; the app starts in it as in `index.html` (src/app/frame/site.ts). With the environment's SITE_URL, the
 * address of the site's first folder, also what needs whole addresses: canonical ones, a sitemap, oEmbed.
 */
import type { Plugin } from 'vite';
import type { Prose } from '../../src/app/prose.ts';
import { TAGS } from '../../src/languages.ts';
import { type Document, documentsOf, escaped, folderOf, isFirst } from './documents.ts';
import { alternates, card, cardOf, describedAs, tagsOf } from './head.ts';
import { missingPage, oembed, robots, sitemap } from './files.ts';
import { WORDS } from './words.ts';

const PLACE = '<!-- words of the page -->';

/** @param site address of the site's first folder, https and with a slash at its end, where it is known */
export function pages(site = siteURL(process.env.SITE_URL)): Plugin {
  return {
    name: 'pages',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const index = bundle['index.html'];
        if (index?.type !== 'asset') return;
        const template = String(index.source);
        if (!template.includes(PLACE)) throw new Error(`index.html has no ${PLACE}`);
        const documents = await documentsOf();
        const emit = (fileName: string, source: string): unknown =>
          this.emitFile({ type: 'asset', fileName, source });
        for (const document of documents) {
          const source = documentFrom(template, document, site);
          if (isFirst(document)) index.source = source;
          else emit(`${folderOf(document)}index.html`, source);
        }
        emit('404.html', missingPage(site));
        emit('robots.txt', robots(site));
        if (site === undefined) return;
        emit('sitemap.xml', sitemap(documents, site));
        for (const document of documents.filter(({ page }) => page.startsWith('lesson/')))
          emit(`${folderOf(document)}oembed.json`, oembed(document, site));
      },
    },
  };
}

/** @throws Error where it is no address of a folder */
export function siteURL(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new Error(`SITE_URL: must be a whole address such as https://example.org/lab/, not "${text}"`);
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname.replace(/\/*$/, '/')}`;
}

/** The template with a document's own words, and with its addresses from where it stands. */
function documentFrom(template: string, document: Document, site: string | undefined): string {
  const folder = folderOf(document);
  const up = '../'.repeat(folder.split('/').length - 1) || './';
  const opening = isFirst(document)
    ? '<html lang="en">'
    : `<html lang="${TAGS[document.language]}" data-page="${document.page}" data-site="${up}">`;
  return describedAs(template, document)
    .replace('<html lang="en">', opening)
    .replaceAll(/(src|href)="\.\//g, `$1="${up}`)
    .replace('</head>', `${tagsOf([...alternates(document, up, site), ...card(document, site)])}  </head>`)
    .replace(PLACE, wordsOf(document, up));
}

/**
 * The text before the prediction, without what acts in it. In one paragraph: the largest text is there at first, and none
 * of what comes later is waited for (Largest Contentful Paint).
 */
function asking({ sections }: Prose): string {
  const { html } = sections.find(({ name }) => name === 'predict')!;
  const text = html.replaceAll(/<annotation\b.*?<\/annotation>/gs, '').replaceAll(/<[^>]+>/g, ' ');
  const spaces = / (?=[.,;:?!。，；：？！）])|(?<=[。，；：？！）]) /g;
  return text.replaceAll(/\s+/g, ' ').replaceAll(spaces, '').trim();
}

/** What can be read before the app is there, or without it: what is asked, never what is found. */
function wordsOf(document: Document, up: string): string {
  const { language, prose, heading, description } = document;
  const words = WORDS[language];
  const sources = prose?.sources.map(
    ({ text, url }) => `<li><a href="${escaped(url)}">${escaped(text)}</a></li>`,
  );
  return [
    `<h1>${escaped(heading)}</h1>`,
    `<p>${escaped(description)}</p>`,
    prose?.claim && `<p>${words.claim}${escaped(prose.claim)}</p>`,
    prose && `<p>${asking(prose)}</p>`,
    prose && `<noscript><img src="${up}${cardOf(document)}" alt="" width="600" height="315" /></noscript>`,
    sources?.length && `<p>${words.sources}</p><ul>${sources.join('')}</ul>`,
  ]
    .filter(Boolean)
    .join('\n      ');
}
