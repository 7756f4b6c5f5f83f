/**
 * The runs that a learner keeps on a page: read from the browser, shown as a table, laid over the chart.
 *
 *   private readonly kept = new KeptRuns(this, { lesson: () => this.name, … });
 *   …  void this.kept.keep(run);             // when a run has ended
 *   …  html`${this.kept.render()}`           // the table
 *   …  this.kept.overlays('loss')            // curves of the selected ones, for the chart
 */
import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import {
  type ChartSeries,
  drawn,
  type RunColumn,
  type RunRow,
  type RunsAction,
  type RunsEvent,
} from '../../components/index.ts';
import type { KeptRun } from '../../findings/kept-run.ts';
import { openDatabase } from '../../state/database.ts';
import { type Imported, Runs } from '../../state/runs.ts';
import type { Figure } from '../../lessons/lesson.ts';
import { LESSON_NAMES, metaOf } from '../curriculum.ts';
import { notKept, strings } from './kept-strings.ts';
import { language } from '../../locales/language.ts';
import type { Words } from '../../figures/say-problem.ts';
import { loadSayLine, sayLines } from './late-words.ts';
import { chartSeries } from '../../figures/series.ts';

/** What a page says about its runs. */
export interface KeptWords {
  /** runs of which lesson */
  lesson: () => string;
  /** the main numbers, by their names in the runs' verdicts */
  columns: () => readonly RunColumn[];
  /** how a changed setting is called, and how its value is written */
  label: (path: string) => string;
  value: (value: unknown) => string;
  /** what is written for a setting that a run leaves at its default */
  usual: () => string;
}

/** One look for each run on the chart. */
const LOOKS: readonly Pick<ChartSeries, 'color' | 'dash'>[] = [
  { color: 'c3', dash: [8, 3, 2, 3] },
  { color: 'c5', dash: [3, 3] },
  { color: 'c4', dash: [12, 4] },
  { color: 'c6', dash: [2, 4] },
  { color: 's3', dash: [6, 2] },
  { color: 's1', dash: [4, 4] },
];

let opened: Promise<Runs> | undefined;
/** The browser's own, opened once for all pages. */
const browserRuns = (): Promise<Runs> => (opened ??= Promise.resolve(new Runs(openDatabase())));

export class KeptRuns implements ReactiveController {
  runs: readonly KeptRun[] = [];
  /** of other lessons */
  private others: readonly KeptRun[] = [];
  private selected: string[] = [];
  private hidden: string[] = [];
  private removed: KeptRun | undefined;
  private refused: readonly Words[] = [];
  private imported: Pick<Imported, 'added' | 'known'> | undefined;
  /** some could not be stored, and last only as long as the page */
  private fleeting = false;
  private reason: Runs['reason'];
  private broken: Runs['broken'] = [];
  private readonly looks = new Map<string, number>();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly words: KeptWords,
    private readonly store: () => Promise<Runs> = browserRuns,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    void this.begin();
  }

  /** Adds and selects the runs that `scaling-lab open` has served with the page. */
  private async begin(): Promise<void> {
    if (/[?&]open\b/.test(location.hash)) {
      const { takeOpened } = await import('./opened-file.ts');
      const { ids, refused } = await takeOpened(await this.store());
      this.refused = refused;
      this.selected = ids.map(String);
    }
    await this.refresh();
  }

  /** Keeps a run in this browser. */
  async keep(run: KeptRun): Promise<void> {
    await (await this.store()).keep(run);
    await this.refresh();
  }

  /** Curves of the selected runs, each in its own look: held-out or measured ones of the figure of that name. */
  overlays(figure: string): ChartSeries[] {
    return this.runs.flatMap((run) =>
      this.curves(
        run,
        run.findings.figures.find(({ name }) => name === figure),
      ),
    );
  }

  /** As `overlays`, with the selected runs of other lessons that have a figure on the same axes. */
  overlaysOn(figure: Figure | undefined): ChartSeries[] {
    if (!figure) return [];
    const others = this.others.flatMap((run) => this.curves(run, onAxesOf(run, figure)));
    return [...this.overlays(figure.name), ...others];
  }

  private curves(run: KeptRun, figure: Figure | undefined): ChartSeries[] {
    const id = String(run.id);
    if (!figure || !this.selected.includes(id)) return [];
    const wanted = figure.series.filter(({ role }) => role !== 'train' && role !== 'reference');
    return chartSeries({ ...figure, series: wanted.length ? wanted : figure.series }).map((series, i) => ({
      ...series,
      id: `kept ${id} ${i}`,
      label: wanted.length > 1 ? `${run.name}: ${series.label}` : run.name,
      ...this.lookOf(id),
      width: 1.75,
      markers: false,
      noisy: false,
    }));
  }

  /** The runs of other lessons that can be laid over a figure. */
  renderOthers(figure: Figure | undefined): TemplateResult | typeof nothing {
    const fitting = figure ? this.others.filter((run) => onAxesOf(run, figure)) : [];
    if (!fitting.length) return nothing;
    return html`<details class="others">
      <summary>${strings.others(fitting.length)}</summary>
      ${fitting.map((run) => {
        const id = String(run.id);
        return html`<label
          ><input
            type="checkbox"
            .checked=${this.selected.includes(id)}
            @change=${() => this.toggle(id)}
          /><span>${strings.other(metaOf(run.lesson, language()).title, run.name, run.device)}</span></label
        >`;
      })}
    </details>`;
  }

  private toggle(id: string): void {
    const isOn = this.selected.includes(id);
    if (isOn) this.looks.delete(id);
    this.selected = isOn ? this.selected.filter((other) => other !== id) : [...this.selected, id];
    this.host.requestUpdate();
  }

  render(): TemplateResult {
    drawn('lab-runs-table');
    const why = this.reason && notKept(this.reason);
    const notice = this.fleeting
      ? html`<p class="notice" role="status">${why ? `${why} ` : ''}${strings.fleeting}</p>`
      : nothing;
    return html`${notice}
      ${
        this.broken.length
          ? html`<div class="notice" role="status" data-testid="broken-runs">
              <p>${strings.broken(this.broken.length)}</p>
              <ul>
                ${this.broken.map(({ name, why }) => html`<li>${name}: ${sayLines(why) ?? nothing}</li>`)}
              </ul>
            </div>`
          : nothing
      }
      <lab-runs-table
        .rows=${this.rows}
        .columns=${this.words.columns()}
        .selected=${this.selected}
        .hiddenRuns=${this.hidden}
        .removed=${this.removed?.name}
        .refused=${this.refused}
        .imported=${this.imported}
        .showDate=${showDate}
        @lab-runs=${(event: RunsEvent) => void this.act(event.action)}
      ></lab-runs-table>`;
  }

  private get rows(): RunRow[] {
    const first = this.runs[0]?.changes ?? {};
    return this.runs.map((run) => {
      const id = String(run.id);
      return {
        id,
        name: run.name,
        changes: this.changesOf(first, run.changes),
        numbers: run.findings.verdict.numbers,
        device: run.device,
        date: run.date,
        ...(this.selected.includes(id) && { look: this.lookOf(id) }),
      };
    });
  }

  private changesOf(first: KeptRun['changes'], own: KeptRun['changes']): RunRow['changes'] {
    const { label, value, usual } = this.words;
    return [...new Set([...Object.keys(own), ...Object.keys(first)])].flatMap((path) => {
      const [before, after] = [first[path], own[path]];
      if (JSON.stringify(before) === JSON.stringify(after)) return [];
      // A setting that another task or model does not have is no difference.
      const [head, key] = path.split('.');
      const names: Record<string, string> = {
        task: 'task.name',
        model: 'model.kind',
        optimizer: 'optimizer.name',
      };
      const decider = key === undefined ? undefined : names[head!];
      if (after === undefined && decider && own[decider] !== first[decider]) return [];
      return [{ label: label(path), value: after === undefined ? usual() : value(after) }];
    });
  }

  private lookOf(id: string): Pick<ChartSeries, 'color' | 'dash'> {
    const taken = new Set(this.selected.map((other) => this.looks.get(other)));
    const own = this.looks.get(id) ?? LOOKS.findIndex((_, i) => !taken.has(i));
    const index = own < 0 ? 0 : own;
    this.looks.set(id, index);
    return LOOKS[index % LOOKS.length]!;
  }

  /** The table lists this lesson's runs only, so selected runs of other lessons stay selected. */
  private select(ids: readonly string[]): void {
    const others = this.selected.filter((id) => this.others.some((run) => String(run.id) === id));
    const selected = [...others, ...ids.filter((id) => !others.includes(id))];
    for (const id of this.selected) if (!selected.includes(id)) this.looks.delete(id);
    this.selected = selected;
  }

  private async refresh(): Promise<void> {
    const lesson = this.words.lesson();
    const store = await this.store();
    const all = await store.list();
    this.fleeting = store.fleeting;
    this.reason = store.reason;
    this.broken = store.broken;
    if (this.broken.length) await loadSayLine();
    this.runs = all.filter((run) => run.lesson === lesson);
    this.others = all.filter((run) => run.lesson !== lesson && isLesson(run.lesson));
    this.host.requestUpdate();
  }

  private async act(action: RunsAction): Promise<void> {
    const store = await this.store();
    switch (action.kind) {
      case 'select':
        this.select(action.ids);
        break;
      case 'hide':
        this.hidden = action.ids;
        this.selected = this.selected.filter((id) => !action.ids.includes(id));
        break;
      case 'rename':
        await store.rename(Number(action.id), action.name);
        break;
      case 'remove':
        this.removed = this.runs.find(({ id }) => String(id) === action.id);
        this.selected = this.selected.filter((id) => id !== action.id);
        await store.remove(Number(action.id));
        break;
      case 'undo':
        if (this.removed) await store.keep(this.removed);
        this.removed = undefined;
        break;
      case 'export':
        await this.export(action.format);
        return;
      case 'import':
        await this.import(action.files);
        break;
    }
    await this.refresh();
  }

  private async export(format: 'json' | 'csv'): Promise<void> {
    const { saveRuns } = await import('./run-files.ts');
    await saveRuns(await this.store(), this.words.lesson(), format, [this.rows, this.words.columns()]);
  }

  private async import(files: readonly File[]): Promise<void> {
    this.imported = undefined;
    this.refused = [];
    const { addRuns } = await import('./run-files.ts');
    ({ imported: this.imported, refused: this.refused } = await addRuns(await this.store(), files));
  }
}

const isLesson = (name: string): boolean => LESSON_NAMES.some((known) => known === name);

/** The figure of a run that has the same quantities on its axes. */
function onAxesOf({ findings }: KeptRun, { x, y }: Figure): Figure | undefined {
  return findings.figures.find(
    (other) => other.x.label.en === x.label.en && other.y.label.en === y.label.en && other.series.length > 0,
  );
}

const showDate = (date: string): string =>
  new Date(date).toLocaleString(language(), {
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
