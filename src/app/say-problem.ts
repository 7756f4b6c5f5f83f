/** What is wrong with something from outside, in the page's language: by code where there is one, else in English. */
import { html, type TemplateResult } from 'lit';
import { bound } from '../components/format.ts';
import { say as sayIn } from '../locales/say.ts';
import { msg, str } from '../msg.ts';
import { partsOf, type Said, says } from '../problem-words.ts';
import { type Problem, SchemaError } from '../problems.ts';
import { LinkError } from '../state/packed.ts';

export type Words = string | TemplateResult;

/** Why something was refused: a line, or one for each key that is wrong. */
export function sayError(error: Error): readonly Words[] {
  if (error instanceof LinkError) return [sayIn(error.words), ...error.problems.map(sayLine)];
  if (error instanceof SchemaError) return error.problems.map(sayLine);
  return [html`<span lang="en">${error.message}</span>`];
}

const sayLine = (problem: Problem): Words =>
  problem.path ? html`<code>${problem.path}</code>: ${sayProblem(problem)}` : sayProblem(problem);

export function sayProblem({ message, said, given, run }: Problem): Words {
  if (!said) return html`<span lang="en">${message}</span>`;
  let words = say(said);
  if (given !== undefined) words = say(says('not-given', words, given));
  return run === undefined ? words : say(says('in-run', run, words));
}

function say({ code, params }: Said): string {
  const words = partsOf(code);
  const values = params.map((value) => (typeof value === 'number' ? bound(value) : value));
  return msg(str(Object.assign(words, { raw: words }), ...values), { id: `problem.${code}` });
}
