/** The class that is open: its document, what comes in, what is kept, and what was shown. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { decodeResult, textsIn } from '../../class/codec.ts';
import { Pool } from '../../class/pool.ts';
import type { MemberResult } from '../../class/result.ts';
import { LinkError } from '../../state/packed.ts';
import type { Words } from '../../figures/say-problem.ts';
import { ClassNews, ClassStore, type KeptClass, openPool } from './class-store.ts';

export interface Refusal {
  /** what was refused, where it was a file */
  file?: string;
  why: Error;
}

/** What became of what came in. */
export interface Report {
  added: number;
  replaced: number;
  known: number;
  /** why something was refused, each reason once */
  refused: Refusal[];
  /** the lines in which a reason is said; its words are loaded when something was refused */
  say: (why: Error) => readonly Words[];
}

const inEnglish: Report['say'] = ({ message }) => [message];
const nothingYet = (): Report => ({ added: 0, replaced: 0, known: 0, refused: [], say: inEnglish });
/** Results in one text or file at most: a class, not a flood. */
const MOST_TEXTS = 2_000;

export class ClassState implements ReactiveController {
  pool = new Pool();
  kept: readonly KeptClass[] = [];
  current = freshClass();
  report: Report | undefined;
  /** the last result that came */
  latest: MemberResult | undefined;
  /** nothing is kept: a rehearsal */
  simulated = false;
  removed: KeptClass | undefined;
  /** settled once what is kept was read */
  readonly ready: Promise<void>;
  /** nobody has asked for a new class: it becomes the one that another tab has begun meanwhile */
  private isFirst = true;
  /** what came is not kept yet */
  private isTaking = false;
  private readonly news = new ClassNews(() => void this.follow());
  private readonly onVisible = (): void => {
    // A tab that was frozen has heard nothing.
    if (document.visibilityState === 'visible') void this.follow();
  };

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly store = new ClassStore(),
  ) {
    host.addController(this);
    this.ready = this.refresh().then(() => this.openLatest());
  }

  hostConnected(): void {
    this.news.listen();
    document.addEventListener('visibilitychange', this.onVisible);
  }

  hostDisconnected(): void {
    this.news.close();
    document.removeEventListener('visibilitychange', this.onVisible);
  }

  get keepsNothing(): boolean {
    return this.store.failed;
  }

  isRevealed(lesson: string): boolean {
    return this.simulated || this.current.revealed.includes(lesson);
  }

  async reveal(lesson: string, shown: boolean): Promise<void> {
    const others = (names: readonly string[]): string[] => names.filter((name) => name !== lesson);
    const become = (names: readonly string[]): string[] =>
      shown ? [...others(names), lesson] : others(names);
    this.current = { ...this.current, revealed: become(this.current.revealed) };
    await this.save(become);
  }

  /** Another class of this browser; one that is damaged is said, and stays where it is. */
  async turnTo(kept: KeptClass): Promise<void> {
    try {
      this.open(kept);
    } catch (error) {
      const report = nothingYet();
      refuse(report, { why: error as Error });
      await this.tell(report);
    }
  }

  /** @throws LinkError where what is kept of it is damaged */
  private open(kept: KeptClass): void {
    this.pool = openPool(kept);
    this.current = kept;
    this.isFirst = false;
    this.report = undefined;
    this.host.requestUpdate();
  }

  begin(): void {
    this.open(freshClass());
  }

  rehearse(results: readonly MemberResult[]): void {
    this.begin();
    this.simulated = true;
    for (const result of results) this.pool.add(result);
  }

  async remove(): Promise<void> {
    const { id } = this.current;
    this.removed = { ...this.current, document: this.pool.export() };
    await this.store.remove(id);
    this.news.tell();
    await this.refresh();
    this.openLatest();
  }

  async restore(): Promise<void> {
    if (!this.removed) return;
    this.open(this.removed);
    this.removed = undefined;
    await this.save();
  }

  async leaveOut(result: MemberResult): Promise<void> {
    this.pool.remove(result);
    await this.save();
  }

  /** Takes what was pasted, dropped, opened or scanned; tells what became of it. */
  async take(texts: readonly string[], files: readonly File[] = []): Promise<void> {
    await this.ready;
    this.isTaking = true;
    const report = nothingYet();
    for (const text of texts) await this.takeText(text, report);
    for (const file of files) {
      try {
        await this.takeFile(file, report);
      } catch (error) {
        refuse(report, { file: file.name, why: error as Error });
      }
    }
    // Said when it is on the disk.
    if (report.added || report.replaced) await this.save();
    this.isTaking = false;
    await this.tell(report);
  }

  private async tell(report: Report): Promise<void> {
    if (report.refused.length)
      report.say = await import('../say-error.ts').then(
        ({ sayError }) => sayError,
        () => inEnglish,
      );
    this.report = report;
    this.host.requestUpdate();
  }

  private async takeText(text: string, report: Report): Promise<void> {
    const found = textsIn(text);
    if (found.length > MOST_TEXTS) {
      const [many, most] = [found.length, MOST_TEXTS];
      const why = new LinkError(
        'too-many-results',
        `${many} results in one text; at most ${most} are read.`,
        [many, most],
      );
      refuse(report, { why });
      return;
    }
    for (const packed of found) {
      try {
        const result = await decodeResult(packed);
        const added = this.pool.add(result);
        if (added === 'older') report.known++;
        else report[added]++;
        this.latest = result;
      } catch (error) {
        refuse(report, { why: error as Error });
      }
    }
  }

  private async takeFile(file: File, report: Report): Promise<void> {
    const { contentOf } = await import('./given-file.ts');
    const content = await contentOf(file);
    if (typeof content === 'string') {
      await this.takeText(content, report);
      return;
    }
    const { added, replaced, known, refused } = this.pool.merge(content);
    report.added += added;
    report.replaced += replaced;
    report.known += known;
    for (const why of refused) refuse(report, { why });
  }

  /** @param revealed what of it is shown, from what is: another tab may have shown more */
  private async save(revealed = (names: string[]): string[] => names): Promise<void> {
    this.host.requestUpdate();
    if (this.simulated) return;
    const { pool, current, isFirst } = this;
    const kept = await this.store.change(current.id, isFirst, (found) => {
      if (found) joinReadable(pool, found);
      const from = found ?? current;
      return { ...from, revealed: revealed(from.revealed), document: pool.export() };
    });
    if (kept) {
      if (this.pool === pool) {
        this.current = kept;
        this.isFirst = false;
      }
      this.news.tell();
    }
    await this.refresh();
  }

  /** Another tab has changed a class, or deleted it. */
  private async follow(): Promise<void> {
    await this.ready;
    const wasKept = this.kept.some(({ id }) => id === this.current.id);
    await this.refresh();
    if (this.simulated) return;
    const { current, kept, pool } = this;
    const found = kept.find((each) => each.id === current.id);
    if (found) {
      joinReadable(pool, found);
      this.current = { ...found, document: pool.export() };
    } else if (!this.isTaking && (wasKept || (this.isFirst && !pool.results().length))) this.openLatest();
    this.host.requestUpdate();
  }

  /** The class that was begun last and can be read, or a new one. */
  private openLatest(): void {
    for (const kept of this.kept) {
      try {
        this.open(kept);
        return;
      } catch (error) {
        // Left where it is: what is damaged for this version may not be for another.
        console.warn(error);
      }
    }
    this.begin();
    this.isFirst = this.kept.length === 0;
  }

  private async refresh(): Promise<void> {
    this.kept = await this.store.all();
    this.host.requestUpdate();
  }
}

/** What is damaged is written anew from what this tab has. */
function joinReadable(pool: Pool, { document }: KeptClass): void {
  try {
    pool.join(document);
  } catch (error) {
    console.warn(error);
  }
}

function freshClass(): KeptClass {
  const date = new Date().toISOString();
  return { id: crypto.randomUUID(), date, document: new Pool().export(), revealed: [] };
}

function refuse({ refused }: Report, { file, why }: Refusal): void {
  const isKnown = refused.some((other) => other.file === file && other.why.message === why.message);
  if (!isKnown) refused.push({ ...(file !== undefined && { file }), why });
}
