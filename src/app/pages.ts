/** The pages by the hash in the address. */
import { html, type TemplateResult } from 'lit';
import type { Lab } from '../worker/protocol.ts';
import { strings as language } from './experiments/language-strings.ts';
import { strings as shape } from './experiments/shape-strings.ts';
import { strings as home } from './home-strings.ts';

export interface Page {
  title: string;
  description: string;
  render: (lab: Lab) => TemplateResult;
}

export const PAGES: Readonly<Record<string, Page>> = {
  '': { ...home, render: (lab) => html`<home-page .lab=${lab}></home-page>` },
  shape: { ...shape, render: (lab) => html`<shape-page .lab=${lab}></shape-page>` },
  language: { ...language, render: (lab) => html`<language-page .lab=${lab}></language-page>` },
};

/** The page that an address means; an unknown one means the first. */
export function pageOf(hash: string): string {
  const name = hash.replace(/^#\/?/, '');
  return Object.hasOwn(PAGES, name) ? name : '';
}
