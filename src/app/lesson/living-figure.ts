/** Which of the figures the run under way adds to: that one comes to the front, unless the learner has chosen another. */
import type { Figure, Findings } from '../../lessons/lesson.ts';

/** What changes when something is added to a figure. */
const traceOf = ({ series }: Figure): string =>
  series.map(({ x, y }) => `${x.length} ${x.at(-1)} ${y.at(-1)}`).join();

export class LivingFigure {
  private seen: Findings | undefined;
  private traces = new Map<string, string>();
  private living: string | undefined;

  /** @param findings of a run that is under way; without them nothing lives */
  in(findings: Findings | undefined): string | undefined {
    if (findings === this.seen) return this.living;
    this.seen = findings;
    const before = this.traces;
    this.traces = new Map(findings?.figures.map((figure) => [figure.name, traceOf(figure)]));
    const grown = [...this.traces].filter(([name, trace]) => before.has(name) && before.get(name) !== trace);
    // What is still growing stays where it is.
    const stays = grown.some(([name]) => name === this.living);
    if (!findings) this.living = undefined;
    else if (grown.length && !stays) [this.living] = grown[0]!;
    return this.living;
  }
}
