/** The lesson and the size that the address of a class's page asks for. */
import { html, nothing } from 'lit';
import { type Size, SIZES } from '../../lessons/lesson.ts';
import { EXPERIMENT_NAMES } from '../../lessons/path.ts';
import { says } from '../../problem-words.ts';
import type { Problem } from '../../problems.ts';
import { problemAt } from '../../refusal.ts';
import { show } from '../../show.ts';
import { sayProblem } from '../../figures/say-problem.ts';
import { strings } from '../sharing/sharing-strings.ts';

export interface Addressed {
  lesson: string | undefined;
  size: Size | undefined;
  /** what it asks for and is not there */
  wrong: readonly Problem[];
}

export function addressed(said: URLSearchParams): Addressed {
  const wrong: Problem[] = [];
  const oneOf = <T extends string>(name: string, known: readonly T[]): T | undefined => {
    const given = said.get(name);
    const found = known.find((each) => each === given);
    if (given !== null && !found)
      wrong.push(problemAt(name, says('choice', known.join(', ')), show(given.slice(0, 40))));
    return found;
  };
  return { lesson: oneOf('lesson', EXPERIMENT_NAMES), size: oneOf('size', SIZES), wrong };
}

export const renderWrong = (wrong: readonly Problem[]): unknown =>
  wrong.length
    ? html`<div class="notice" data-kind="bad" role="alert" data-testid="link-problem">
        <b>${strings.refused}</b>
        ${wrong.map((problem) => html`<p><code>${problem.path}</code>: ${sayProblem(problem)}</p>`)}
      </div>`
    : nothing;
