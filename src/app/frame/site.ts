/**
 * Where a document of this site stands. The build gives each lesson and language a document of its own (build/pages),
 * which says by `data-page` what it shows and by `data-site` where the site's first folder is; `index.html` says neither.
 */
import { type Language, languageOfTag, SOURCE } from '../../languages.ts';
import { SITE_FOLDER } from '../../loading.ts';

/** Without a document, as in Node, there is no page of its own. */
const page = typeof document === 'undefined' ? undefined : document.documentElement.dataset.page;
/** The paths at which this document shows its own page: its own path, and those in other languages that it was switched to. */
const own = new Set(page === undefined ? [] : [location.pathname]);

/** The document is that of a course's package (src/app/course). */
export const isInCourse = (): boolean =>
  typeof document !== 'undefined' && document.documentElement.dataset.course !== undefined;

/** The page that this document was built for, such as `lesson/mirage`; undefined once its address names another document. */
const ownPage = (): string | undefined =>
  page !== undefined && own.has(location.pathname) ? page : undefined;

/** The language of a document that has siblings in others. */
export const ownLanguage = (): Language | undefined =>
  ownPage() === undefined ? undefined : languageOfTag(document.documentElement.lang);

/** The hash of the address; where it names no page, the page that the document was built for is put in. */
export function hashHere(): string {
  const { hash } = location;
  const page = ownPage();
  return page !== undefined && /^#?(\?.*)?$/.test(hash) ? `#/${page}${hash.slice(1)}` : hash;
}

/** When the document of one lesson shows another page, its address becomes that of the site's first document. */
export function moveTo(shown: string): void {
  const page = ownPage();
  if (page === undefined || page === shown) return;
  replaceAddress('');
}

/** When the language changes, the address becomes that of the same page's document in that language. */
export function moveToLanguage(language: Language): void {
  const page = ownPage();
  if (page === undefined) return;
  replaceAddress(`${language === SOURCE ? '' : `${language}/`}${page && `${page}/`}`);
  own.add(location.pathname);
}

function replaceAddress(path: string): void {
  // Browsers resolve links such as the icon's anew, from the new address.
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[href]'))
    link.setAttribute('href', link.href);
  history.replaceState(history.state, '', SITE_FOLDER + path + location.search + location.hash);
}
