/** What a lesson asks its learners to predict. */
import type { QuestionAxis } from '../../lessons/question.ts';
import { say } from '../../locales/say.ts';
import type { Curriculum } from '../curriculum.ts';

export interface PaperAxis {
  label: string;
  log: boolean;
  low: number;
  high: number;
}

export interface Asked {
  kind: 'level' | 'point' | 'curve' | 'number';
  /** the number of the run that it is held against */
  value: string;
  /** name of the figure on which it is drawn */
  figure?: string;
  /** what stands behind the number */
  unit: string;
  /** what the figure's axes reach, where it is drawn on one */
  axes: { x: PaperAxis; y: PaperAxis } | undefined;
}

export async function askedOf(curriculum: Curriculum, lesson: string): Promise<Asked | undefined> {
  const { question } = (await curriculum.lesson(lesson)) ?? {};
  if (!question) return undefined;
  const { kind, value, unit, figure, x, y } = question;
  const of = { kind, value, unit: unit ? say(unit) : '', axes: undefined };
  return kind === 'number' ? of : { ...of, figure, axes: { x: paper(x), y: paper(y) } };
}

const paper = ({ label, scale, range: [low, high] }: QuestionAxis): PaperAxis => ({
  label: say(label),
  log: scale === 'log',
  low,
  high,
});
