/** The files beside the documents, for programs that read the site. */
import { LANGUAGES, TAGS } from '../../src/languages.ts';
import { figureAddress } from './head.ts';
import { type Document, escaped, folderOf, titleOf } from './documents.ts';

/** What a figure in a frame begins with, px; it tells its host how high it is. */
const FRAME = { width: 720, height: 460 };

export const robots = (site: string | undefined): string =>
  `User-agent: *\nAllow: /\n${site ? `\nSitemap: ${site}sitemap.xml\n` : ''}`;

export function sitemap(documents: readonly Document[], site: string): string {
  const urls = documents.map((document) => {
    const siblings = LANGUAGES.map(
      (language) =>
        `    <xhtml:link rel="alternate" hreflang="${TAGS[language]}" href="${site}${folderOf({ page: document.page, language })}"/>`,
    );
    return `  <url>\n    <loc>${site}${folderOf(document)}</loc>\n${siblings.join('\n')}\n  </url>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${urls.join('\n')}
</urlset>
`;
}

/** A static answer of oEmbed 1.0, found by the link in the lesson's document. */
export function oembed(document: Document, site: string): string {
  const { page, language } = document;
  const title = titleOf(document);
  const src = figureAddress(page, language, site);
  return `${JSON.stringify({
    version: '1.0',
    type: 'rich',
    title,
    provider_name: 'Scaling Lab',
    provider_url: site,
    ...FRAME,
    html: `<iframe src="${escaped(src)}" title="${escaped(title)}" width="${FRAME.width}" height="${FRAME.height}" style="border:0;width:100%" loading="lazy"></iframe>`,
  })}\n`;
}

/** What hosts answer for an address that they do not have, at any depth: its one link is from the host's root. */
export function missingPage(site: string | undefined): string {
  const home = site ? new URL(site).pathname : '/';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <title>Not found · Scaling Lab</title>
  </head>
  <body>
    <h1>There is no page at this address</h1>
    <p>The lab’s first page lists what there is: <a href="${home}">Scaling Lab</a>.</p>
    <p lang="zh-Hans">这个地址没有页面。首页列出了所有的课：<a href="${home}">规模定律实验室</a>。</p>
  </body>
</html>
`;
}
