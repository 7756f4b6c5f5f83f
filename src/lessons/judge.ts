/** A lesson's findings, and what every lesson says of replicas that it had to leave out. */
import { divergencesOf, tellDivergences } from '../replicas.ts';
import type { Findings, Lesson, Results, Size, Text } from './lesson.ts';
import { text } from './shared/text.ts';

/** What the results so far say; the sentence of the verdict names replicas that have diverged. */
export function judge(lesson: Pick<Lesson, 'judge'>, results: Results, size: Size): Findings {
  const findings = lesson.judge(results, size);
  const left = leftOut(results);
  if (!left) return findings;
  const { verdict } = findings;
  const sentence = text(`${verdict.sentence.en} ${left.en}`.trim(), `${verdict.sentence.zh}${left.zh}`);
  return { ...findings, verdict: { ...verdict, sentence } };
}

/** Of runs in which others went on. */
function leftOut({ runs }: Results): Text | undefined {
  const told = [...runs].flatMap(([key, run]) => {
    const diverged = run.outcome === 'diverged' ? [] : divergencesOf(run);
    if (diverged.length === 0 || run.spec.replicas === 1) return [];
    const { en, zh } = tellDivergences(diverged, run.spec.replicas);
    return [text(`In ${key}, ${en}.`, `${key}：${zh}。`)];
  });
  if (told.length === 0) return undefined;
  return text(told.map(({ en }) => en).join(' '), told.map(({ zh }) => zh).join(''));
}
