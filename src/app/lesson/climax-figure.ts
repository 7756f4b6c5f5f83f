/** A close-up of prediction and result, in lessons that have one. What draws it is loaded when it is first asked for. */
import type { Figure, Findings, Lesson } from '../../lessons/lesson.ts';
import type { Climax } from '../../lessons/question.ts';

export class ClimaxFigure {
  /** the one that was made last */
  figure: Figure | undefined;
  private lesson: Lesson | undefined;
  private draw: Climax | undefined;
  private made: { findings: Findings; said: number | undefined } | undefined;

  constructor(private readonly host: { requestUpdate(): void }) {}

  /** Made anew only for other findings, or another prediction. @param said the predicted number */
  of(lesson: Lesson, findings: Findings, said: number | undefined): Figure | undefined {
    if (lesson !== this.lesson) {
      this.lesson = lesson;
      this.draw = undefined;
      void this.load(lesson);
    }
    if (!this.figure || this.made?.findings !== findings || this.made.said !== said) {
      this.made = { findings, said };
      this.figure = this.draw?.(findings, said);
    }
    return this.figure;
  }

  /** Where it can't be loaded, the lesson's other figures are all there is. */
  private async load(lesson: Lesson): Promise<void> {
    const draw = await lesson.question.climax?.().catch(() => undefined);
    if (!draw || this.lesson !== lesson) return;
    this.draw = draw;
    this.host.requestUpdate();
  }
}
