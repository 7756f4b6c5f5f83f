/** The result that a learner has sent, and its lesson's question once more. */
import { html, type TemplateResult } from 'lit';
import { fromWire, toWire } from '../../../class/codec.ts';
import type { LiveClient } from '../../../class/live-client.ts';
import { MEMBER_KEYS } from '../../../class/live.ts';
import type { MemberResult } from '../../../class/result.ts';
import type { ConceptQuestion } from '../../../lessons/for-class.ts';
import { tell } from './session.ts';

export function sentResult(client: LiveClient): MemberResult | undefined {
  const said = client.said(MEMBER_KEYS.result + client.plan.lesson);
  try {
    return typeof said === 'string' ? fromWire(JSON.parse(said)) : undefined;
  } catch {
    return undefined;
  }
}

/** The class may be asked once more when it has looked together. */
export function renderQuestion(question: ConceptQuestion, mine: MemberResult): TemplateResult {
  const parts = import('../lesson-parts.ts');
  parts.catch((error: unknown) => console.warn(error));
  const { lesson } = mine;
  const answer = async (): Promise<void> => {
    const { loadAnswers } = await parts;
    tell(MEMBER_KEYS.result + lesson, JSON.stringify(toWire({ ...mine, ...loadAnswers(lesson) })));
  };
  return html`<lesson-concept
    .lesson=${lesson}
    when="after"
    .question=${question}
    @lab-given=${answer}
  ></lesson-concept>`;
}
