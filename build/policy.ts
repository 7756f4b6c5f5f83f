/** The Content-Security-Policy of public/_headers in the pages themselves, for hosts that send no headers. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const HEADERS = new URL('../public/_headers', import.meta.url);

export function policy(): string {
  const [, found] = /^\s+Content-Security-Policy: (.*)$/m.exec(readFileSync(HEADERS, 'utf8')) ?? [];
  if (!found) throw new Error('public/_headers has no Content-Security-Policy');
  return found;
}

const META = 'Content-Security-Policy';

/** The lab's page with its policy; what tests build beside it stays as it is. */
export function policyInPage(): Plugin {
  return {
    name: 'policy-in-page',
    apply: 'build',
    transformIndexHtml: (_html, { path }) =>
      path === '/index.html'
        ? [{ tag: 'meta', attrs: { 'http-equiv': META, content: policy() }, injectTo: 'head-prepend' }]
        : [],
  };
}

export const withPolicy = (html: string): string =>
  html.replace('<head>', `<head>\n    <meta http-equiv="${META}" content="${policy()}" />`);
