/** The law through the results of a sweep, fitted anew as they come, and the chart with both. */
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import type { FittedLaw, Lab } from '../../worker/protocol.ts';
import { type LawChoice, renderScaling } from './scaling-chart.ts';
import type { SweepPlan } from './sweep-plan.ts';
import { doneOf, fitRows, type Horizontal, scalingFigure } from './sweep-results.ts';

export class SweepLaw implements ReactiveController {
  fitted: FittedLaw | undefined;
  private x: Horizontal = 'N';
  private law: LawChoice = 'power';
  /** what the last fit was made of */
  private fitting = '';

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly lab: () => Lab,
    private readonly plan: SweepPlan,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    void this.fit();
  }

  render(): TemplateResult {
    const { x, law, fitted } = this;
    const { runs, run, size } = this.plan;
    const { device } = [...run.results.runs.values()][0] ?? {};
    return renderScaling({
      figure: scalingFigure(doneOf(runs, run.results.runs), x, fitted),
      live: run.phase === 'running' ? run.findings?.figures[0] : undefined,
      caption: [size, device].filter(Boolean).join(' · '),
      x,
      law,
      fitted,
      chooseX: (x) => this.choose(x, law),
      chooseLaw: (law) => this.choose(x, law),
    });
  }

  private choose(x: Horizontal, law: LawChoice): void {
    this.x = x;
    this.law = law;
    this.host.requestUpdate();
  }

  /** One fit at a time, for what is there now. */
  private async fit(): Promise<void> {
    const { law, x } = this;
    const rows = fitRows(doneOf(this.plan.runs, this.plan.run.results.runs));
    const wanted = JSON.stringify([law, x, rows]);
    if (wanted === this.fitting) return;
    this.fitting = wanted;
    const fitted =
      law === 'none' || rows.length < 2
        ? undefined
        : await this.lab()
            .fit({ rows, law, x })
            .catch(() => undefined);
    if (wanted !== this.fitting) return;
    this.fitted = fitted;
    // The other laws need an axis of their own.
    this.choose(fitted?.x ?? x, law);
  }
}
