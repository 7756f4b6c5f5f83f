/** Finds the figure that a run is adding points to, so that the chart can show it. */
import type { Figure, Findings } from '../../lessons/lesson.ts';

/** A text that changes when points are added to a figure. */
const traceOf = ({ series }: Figure): string =>
  series.map(({ x, y }) => `${x.length} ${x.at(-1)} ${y.at(-1)}`).join();

export class LivingFigure {
  private seen: Findings | undefined;
  private traces = new Map<string, string>();
  private living: string | undefined;

  /** @param findings of the run that trains now, if one does @returns the name of the figure that grows */
  in(findings: Findings | undefined): string | undefined {
    if (findings === this.seen) return this.living;
    this.seen = findings;
    const before = this.traces;
    this.traces = new Map(findings?.figures.map((figure) => [figure.name, traceOf(figure)]));
    const grown = [...this.traces].filter(([name, trace]) => before.has(name) && before.get(name) !== trace);
    // While the figure on the chart still grows, it stays there.
    const stays = grown.some(([name]) => name === this.living);
    if (!findings) this.living = undefined;
    else if (grown.length && !stays) [this.living] = grown[0]!;
    return this.living;
  }
}
