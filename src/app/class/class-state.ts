/** The class that is open: its document, what comes in, what is kept, and what was shown. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { decodeResult, textsIn } from '../../class/codec.ts';
import { MOST_DOCUMENT_BYTES, Pool } from '../../class/pool.ts';
import type { MemberResult } from '../../class/result.ts';
import { LinkError } from '../../state/packed.ts';
import type { Words } from '../../figures/say-problem.ts';
import { ClassStore, type KeptClass, openPool } from './class-store.ts';
import { pictureOf } from './scanner.ts';

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

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly store = new ClassStore(),
  ) {
    host.addController(this);
    this.ready = this.refresh().then(() => {
      const [latest] = this.kept;
      if (latest) this.open(latest);
    });
  }

  hostConnected(): void {
    // A controller needs one.
  }

  get keepsNothing(): boolean {
    return this.store.failed;
  }

  isRevealed(lesson: string): boolean {
    return this.simulated || this.current.revealed.includes(lesson);
  }

  reveal(lesson: string, shown: boolean): void {
    const others = this.current.revealed.filter((name) => name !== lesson);
    this.current = { ...this.current, revealed: shown ? [...others, lesson] : others };
    void this.save();
  }

  open(kept: KeptClass): void {
    this.pool = openPool(kept);
    this.current = kept;
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
    this.removed = { ...this.current, document: this.pool.export() };
    await this.store.remove(this.current.id);
    await this.refresh();
    const [next] = this.kept;
    this.open(next ?? freshClass());
  }

  async restore(): Promise<void> {
    if (!this.removed) return;
    this.open(this.removed);
    this.removed = undefined;
    await this.save();
  }

  leaveOut(result: MemberResult): void {
    this.pool.remove(result);
    void this.save();
  }

  /** Takes what was pasted, dropped, opened or scanned; tells what became of it. */
  async take(texts: readonly string[], files: readonly File[] = []): Promise<void> {
    await this.ready;
    const report = nothingYet();
    for (const text of texts) await this.takeText(text, report);
    for (const file of files) {
      try {
        await this.takeFile(file, report);
      } catch (error) {
        refuse(report, { file: file.name, why: error as Error });
      }
    }
    if (report.refused.length)
      report.say = await import('../say-error.ts').then(
        ({ sayError }) => sayError,
        () => inEnglish,
      );
    this.report = report;
    if (report.added || report.replaced) await this.save();
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
    if (file.size > MOST_DOCUMENT_BYTES) {
      throw new LinkError(
        'file-too-large',
        `has ${file.size} bytes; at most ${MOST_DOCUMENT_BYTES} are read.`,
        [file.size, MOST_DOCUMENT_BYTES],
      );
    }
    if (file.type.startsWith('image/')) {
      const { readQR } = await import('../../class/scan.ts');
      const text = readQR(pictureOf(await createImageBitmap(file)));
      if (text === undefined) throw new LinkError('no-qr-code', 'no QR code was found in this picture.');
      await this.takeText(text, report);
      return;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const text = textOf(bytes);
    if (text !== undefined) {
      await this.takeText(text, report);
      return;
    }
    const merged = this.pool.merge(bytes);
    report.added += merged.added;
    report.replaced += merged.replaced;
    report.known += merged.known;
    for (const why of merged.refused) refuse(report, { why });
  }

  private async save(): Promise<void> {
    this.host.requestUpdate();
    if (this.simulated) return;
    this.current = { ...this.current, document: this.pool.export() };
    await this.store.save(this.current);
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    this.kept = await this.store.all();
    this.host.requestUpdate();
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

/** A file of links is ASCII; a document is none. */
function textOf(bytes: Uint8Array): string | undefined {
  return bytes.every((byte) => byte >= 9 && byte < 127 && (byte >= 32 || byte <= 13))
    ? new TextDecoder().decode(bytes)
    : undefined;
}
