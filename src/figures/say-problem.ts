/** What is wrong with settings, in the page's language: by code where there is one, else in English. */
import { html, type TemplateResult } from 'lit';
import { bound } from '../components/format.ts';
import { msg, str } from '../msg.ts';
import { type Said, says } from '../problem-words.ts';
import type { Problem } from '../problems.ts';

export type Words = string | TemplateResult;

export function sayProblem({ message, said, given, run }: Problem): Words {
  if (!said) return html`<span lang="en">${message}</span>`;
  let words = say(said);
  if (given !== undefined) words = say(says('not-given', words, given));
  return run === undefined ? words : say(says('in-run', run, words));
}

/** With the key that is at fault. */
export const sayLine = (problem: Problem): Words =>
  problem.path ? html`<code>${problem.path}</code>: ${sayProblem(problem)}` : sayProblem(problem);

function say({ code, params, english }: Said): string {
  const words = english.split('{}');
  const values = params.map((value) => (typeof value === 'number' ? bound(value) : value));
  return msg(str(Object.assign(words, { raw: words }), ...values), { id: `problem.${code}` });
}
