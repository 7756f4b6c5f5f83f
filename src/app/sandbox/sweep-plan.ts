/** A sweep as it is planned and trained: read from its axes, opened, run, stopped, and what is wrong with it. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { compact } from '../../components/index.ts';
import { type Findings, NO_FINDINGS } from '../../findings/findings.ts';
import { type ExperimentMilestone, ExperimentRun } from '../../running/experiment-run.ts';
import { RunControl } from '../../running/run-control.ts';
import type { FormDescription, Lab, Problem, SweepRun } from '../../worker/protocol.ts';
import { Resting } from '../lesson/resting.ts';
import type { Words } from '../../figures/say-problem.ts';
import type { Draft } from './draft.ts';
import { openSweep, type SweepFile } from './open-sweep.ts';
import { Questions } from './questions.ts';
import { AxisError, type SweepDraft, type SweepInput, toSweep } from './sweep-draft.ts';
import { strings } from './sweep-strings.ts';

/** What the page has of a sweep. */
export interface Swept {
  readonly lab: Lab;
  readonly form: FormDescription;
  /** what all runs have in common */
  readonly base: Draft;
  readonly sweep: SweepDraft;
}

/** Axes take effect once they have been still for so long, ms. */
const SETTLE_MS = 500;
/** A sweep has no verdict: its page shows the results themselves. */
const judge = (): Findings => NO_FINDINGS;

export class SweepPlan implements ReactiveController {
  /** of the sweep that is open */
  runs: readonly SweepRun[] = [];
  /** somebody has stopped the sweep; the runs that are left are not trained */
  stopped = false;
  /** the axes and settings as they stand; nothing while an axis can't be read */
  input: SweepInput | undefined;
  problems: readonly Problem[] = [];
  wrongAxis: AxisError | undefined;
  /** why a file was not taken */
  wrongFile: readonly Words[] = [];
  readonly run: ExperimentRun;
  readonly resting: Resting;
  readonly control: RunControl<SweepInput | AxisError>;
  readonly questions: Questions;
  private misread: AxisError | undefined;
  private flops = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly of: Swept,
    onMilestone: (milestone: ExperimentMilestone) => void,
  ) {
    this.run = new ExperimentRun(host, () => of.lab, onMilestone);
    this.resting = new Resting(host, this.run, () => of.lab);
    this.questions = new Questions(host);
    this.control = new RunControl<SweepInput | AxisError>({
      target: this.run,
      draft: () => this.input ?? this.misread,
      open: (draft) => this.plan(draft),
      ask: (opening) => this.questions.ask(opening),
    });
    host.addController(this);
  }

  hostDisconnected(): void {
    this.control.unsettle();
    this.control.applied = this.input = undefined;
  }

  /** What the sweep that is open was planned from. */
  get opened(): SweepInput {
    return this.control.applied as SweepInput;
  }

  /** The sweep that is open, in words: its runs and their cost. */
  get size(): string {
    return strings.planned(this.runs.length, compact(this.flops));
  }

  /** Reads the axes as they were typed; what they say takes effect when they have been still for a while. */
  read(): void {
    const { base, sweep, form } = this.of;
    this.input = this.misread = undefined;
    try {
      this.input = toSweep(base, sweep, form);
    } catch (error) {
      if (!(error instanceof AxisError)) throw error;
      this.misread = error;
    }
    this.control.settle(this.control.applied ? SETTLE_MS : 0);
  }

  stop(): void {
    this.stopped = true;
    this.run.pause();
    this.host.requestUpdate();
  }

  /** A sweep out of a file; nothing where it was refused, which `wrongFile` tells. */
  async load(file: File): Promise<SweepFile | undefined> {
    const { lab, form } = this.of;
    const opened = await openSweep(file, lab, form);
    if ('read' in opened) return opened.read;
    this.wrongFile = opened.refused;
    this.host.requestUpdate();
    return undefined;
  }

  /** Opens the sweep as it stands: to run it, or, before anything has run, for the estimate. */
  private async plan(draft: SweepInput | AxisError): Promise<boolean> {
    // Only now, and not while somebody types: notices that come and go would move the buttons.
    this.wrongAxis = this.misread;
    this.wrongFile = [];
    this.problems = [];
    this.host.requestUpdate();
    if (draft instanceof AxisError) {
      this.control.unwant();
      return false;
    }
    if (!this.control.wanted && this.control.applied && !this.control.changed) return false;
    const planned = await this.of.lab.plan(draft);
    if (draft !== this.input) return false;
    if (!('problems' in planned))
      return (this.control.wanted || !this.isUnderWay) && this.open(draft, planned.runs, planned.flops);
    this.problems = planned.problems;
    this.host.requestUpdate();
    this.control.unwant();
    return false;
  }

  /** Part of the sweep that is open has run, and the rest is to follow. */
  private get isUnderWay(): boolean {
    const { begun, phase } = this.run;
    return phase === 'running' || (begun && !this.stopped && phase !== 'finished');
  }

  private open(input: SweepInput, runs: readonly SweepRun[], flops: number): Promise<boolean> {
    this.runs = runs;
    this.flops = flops;
    this.control.applied = input;
    this.stopped = false;
    const items = runs
      .toSorted((a, b) => a.order - b.order)
      .map(({ key, spec }) => ({ key, spec: { ...spec } }));
    return this.run.open(items, judge);
  }
}
