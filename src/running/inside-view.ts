/**
 * The inside beside a chart: pictures of the learner's own run, or of the recorded one once the answer may be seen. Chart and
 * pictures show the same step. Its code is loaded when there is something to see.
 */
import { html, nothing, type TemplateResult } from 'lit';
import '../components/inside/lab-inside.ts';
import type { InsidePicture, PlaceEvent } from '../components/inside/picture.ts';
import type { Picture, RecordedPictures } from '../findings/pictures.ts';
import { strings } from '../figures/inside-strings.ts';
import { saidPicture } from '../figures/picture.ts';
import { say } from '../figures/series.ts';
import { whole } from '../components/format.ts';
import type { Inside } from '../lessons/inside.ts';
import type { Size } from '../lessons/lesson.ts';
import { language } from '../locales/language.ts';
import type { ExperimentRun } from './experiment-run.ts';

export interface InsideHost {
  /** what makes a lesson's pictures, and those of its recorded run, as far as there are any */
  inside: () => Promise<Inside | undefined>;
  recorded: () => Promise<RecordedPictures | undefined>;
  /** nothing before a run has been asked for */
  run: () => ExperimentRun | undefined;
  size: () => Size;
  /** the recorded result may be seen */
  isOpen: () => boolean;
  /** shows the place on the chart, on one of these figures */
  show: (at: number | undefined, figures: readonly string[]) => void;
}

/** What there is to load. */
interface Parts {
  inside: Inside | undefined;
  recorded: RecordedPictures | undefined;
}

export class InsideView {
  /** the place that is read, on the chart or here */
  private at: number | undefined;
  private parts: Parts | undefined;
  private loading: Promise<void> | undefined;
  private isMissing = false;
  /** what asks questions, which recordings cannot answer */
  private asks: Promise<unknown> | undefined;
  /** the part that is taken out, by its value */
  private without = '';
  /** of how many snapshots and runs the pictures are, and in which language they speak */
  private madeOf = '';
  private made: { own: boolean; pictures: InsidePicture[]; sources: Picture[] } | undefined;

  constructor(
    private readonly host: { requestUpdate(): void },
    private readonly around: InsideHost,
  ) {}

  /** The reader points elsewhere in the chart, or nowhere: then the place stays. @returns the place that chart and pictures now share */
  read(at: number | undefined): number | undefined {
    if (at === undefined || at === this.at) return this.at;
    this.at = at;
    this.host.requestUpdate();
    return at;
  }

  /** Undefined while it is being loaded. */
  render(): TemplateResult | typeof nothing | undefined {
    if (this.isMissing) return html`<p class="caption">${strings.notLoaded}</p>`;
    if (!this.isWanted) return nothing;
    this.loading ??= this.load();
    const made = this.make();
    if (!made?.pictures.length) return made && nothing;
    return html`<section class="card inside" aria-label=${strings.title}>
      <lab-inside
        .pictures=${made.pictures}
        .at=${this.at}
        .caption=${made.own ? strings.own : this.provenance}
        @lab-place=${({ at, picture }: PlaceEvent) => this.onPlace(at, picture)}
      ></lab-inside>
      ${made.own ? this.renderHands() : nothing}
    </section>`;
  }

  /** What a reader may do with the weights of the own run: they are not in recordings. */
  private renderHands(): TemplateResult | typeof nothing {
    const { inside } = this.parts ?? {};
    const results = this.around.run()?.resultsSoFar;
    if (!inside || !results) return nothing;
    const size = this.around.size();
    const asking = inside.ask?.asking(results, size);
    const parts = inside.parts?.(results, size) ?? [];
    if (asking) this.asks ??= import('../components/inside/lab-ask.ts').catch(console.warn);
    const { place = '', at: places = [] } = this.made?.pictures[0] ?? {};
    const at = this.at ?? places.at(-1) ?? 0;
    return html`${
      asking
        ? html`<lab-ask
            .asking=${asking}
            .place=${`${place} ${whole(at)}`}
            .answer=${(numbers: readonly number[]) => inside.ask?.answer(results, size, at, numbers)}
          ></lab-ask>`
        : nothing
    }
    ${
      parts.length
        ? html`<label class="takeout"
            >${strings.takeOut}
            <select @change=${(event: Event) => this.takeOut((event.target as HTMLSelectElement).value)}>
              <option value="">${strings.nothingOut}</option>
              ${parts.map(
                ({ value, label }) =>
                  html`<option value=${value} ?selected=${value === this.without}>${say(label)}</option>`,
              )}
            </select></label
          >`
        : nothing
    }`;
  }

  private takeOut(part: string): void {
    this.without = part;
    this.host.requestUpdate();
  }

  private get provenance(): string {
    const { recorded } = this.parts ?? {};
    if (!recorded) return '';
    const date = new Date(recorded.date).toLocaleDateString(language(), { dateStyle: 'medium' });
    return strings.recorded(recorded.device, date);
  }

  private onPlace(at: number | undefined, picture: string): void {
    this.at = at;
    const figures = this.made?.sources.find(({ name }) => name === picture)?.figures ?? [];
    this.around.show(at, figures);
    this.host.requestUpdate();
  }

  /** There is a result, or one is coming: then it is loaded. */
  private get isWanted(): boolean {
    const { run, isOpen } = this.around;
    const own = run();
    return isOpen() || (own?.begun === true && own.findings !== undefined);
  }

  private async load(): Promise<void> {
    try {
      const [inside, recorded] = await Promise.all([this.around.inside(), this.around.recorded()]);
      this.parts = { inside, recorded };
    } catch {
      this.isMissing = true;
    }
    this.host.requestUpdate();
  }

  /** Made anew when there is more to see. */
  private make(): InsideView['made'] {
    const { parts, around } = this;
    if (!parts) return undefined;
    const run = around.run();
    const results = run?.begun ? run.resultsSoFar : undefined;
    const counts = [...(results?.runs ?? [])].map(([key, { step, snapshots }]) =>
      [key, snapshots?.length ?? step].join(),
    );
    const madeOf = [language(), around.isOpen(), this.without, ...counts].join(';');
    if (madeOf !== this.madeOf) {
      this.madeOf = madeOf;
      const own = results ? (parts.inside?.pictures(results, around.size(), this.without) ?? []) : [];
      const sources = own.length || !around.isOpen() ? own : (parts.recorded?.pictures ?? []);
      this.made = { own: own.length > 0, pictures: sources.map(saidPicture), sources };
    }
    return this.made;
  }
}
