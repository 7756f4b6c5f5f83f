/** Under which the command line serves what it opens, beside the site's first document. */
export const OPENED = 'opened.json';
