/** What a page about a class knows of the lesson that it is about: loaded when the lesson or the language changes. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Recording } from '../../findings/recording.ts';
import { expectedOf } from '../../lessons/expected.ts';
import type { Expectations, ForClass } from '../../lessons/for-class.ts';
import type { Figure } from '../../lessons/lesson.ts';
import { language } from '../../locales/language.ts';
import type { Curriculum } from '../curriculum.ts';
import { type Asked, askedOf } from './asked.ts';
import { forClassOf } from './for-class.ts';

export interface Taught {
  /** what learners predict */
  asked: Asked | undefined;
  /** what the lesson says for classes */
  about: ForClass | undefined;
  expected: Expectations;
  /** the recorded run */
  recording: Recording | undefined;
}

export async function taughtIn(curriculum: Curriculum, lesson: string): Promise<Taught> {
  const [asked, about, expected, recording] = await Promise.all([
    askedOf(curriculum, lesson),
    forClassOf(lesson),
    expectedOf(lesson),
    curriculum.recording(lesson).catch(() => undefined),
  ]);
  return { asked, about, expected, recording };
}

export class TaughtLesson implements ReactiveController {
  /** what an earlier lesson had stays until the next one is loaded */
  taught: Taught = { asked: undefined, about: undefined, expected: {}, recording: undefined };
  private wanted = '';

  /** @param lesson nothing while the page has none */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly lesson: () => string | undefined,
    private readonly load: (lesson: string) => Promise<Taught>,
  ) {
    host.addController(this);
  }

  /** The recorded figure in which a class's curves are pooled: its titles and axes. */
  get figure(): Figure | undefined {
    const { about, recording } = this.taught;
    return recording?.findings.figures.find(({ name }) => name === about?.pooled.figure);
  }

  hostUpdate(): void {
    const lesson = this.lesson();
    if (lesson !== undefined) void this.follow(lesson, `${lesson} ${language()}`);
  }

  private async follow(lesson: string, wanted: string): Promise<void> {
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    const taught = await this.load(lesson);
    if (wanted !== this.wanted) return;
    this.taught = taught;
    this.host.requestUpdate();
  }
}
