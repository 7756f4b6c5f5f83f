/**
 * Where a document of this site stands. The build gives each lesson and language a document of its own (build/pages),
 * which says by `data-page` what it shows and by `data-site` where the site's first folder is; `index.html` says neither.
 */
import { type Language, languageOfTag, SOURCE } from '../../languages.ts';
import { SITE_FOLDER } from '../../loading.ts';

/** Without a document, as in Node, there is no page of its own. */
const page = typeof document === 'undefined' ? undefined : document.documentElement.dataset.page;
/** Addresses of the document itself, whose hash is its page's: of its own language, and of those that it was shown in since. */
const own = new Set(page === undefined ? [] : [location.pathname]);

/** The document is that of a course's package (src/app/course). */
export const isInCourse = (): boolean =>
  typeof document !== 'undefined' && document.documentElement.dataset.course !== undefined;

/** The page that the document is of its own, as in a hash: `lesson/mirage`; nothing where its address has become another's. */
const ownPage = (): string | undefined =>
  page !== undefined && own.has(location.pathname) ? page : undefined;

/** The language of a document that has siblings in others. */
export const ownLanguage = (): Language | undefined =>
  ownPage() === undefined ? undefined : languageOfTag(document.documentElement.lang);

/** The hash of an address; where it names no page it means the one that the document is of its own. */
export function hashHere(): string {
  const { hash } = location;
  const page = ownPage();
  return page !== undefined && /^#?(\?.*)?$/.test(hash) ? `#/${page}${hash.slice(1)}` : hash;
}

/** The document of one lesson that shows another page goes by the address of the site's first document. */
export function moveTo(shown: string): void {
  const page = ownPage();
  if (page === undefined || page === shown) return;
  replaceAddress('');
}

/** A document goes by its sibling's address when the language changes. */
export function moveToLanguage(language: Language): void {
  const page = ownPage();
  if (page === undefined) return;
  replaceAddress(`${language === SOURCE ? '' : `${language}/`}${page && `${page}/`}`);
  own.add(location.pathname);
}

function replaceAddress(path: string): void {
  // Browsers look for the icon again, from the new address.
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[href]'))
    link.setAttribute('href', link.href);
  history.replaceState(history.state, '', SITE_FOLDER + path + location.search + location.hash);
}
