/**
 * Share links, both ways, for any page with settings:
 *
 *   private readonly link = new SharedLink(this, () => this.name, (shared) => this.apply(shared));
 *   …  await this.link.ready;                         // before the first run is opened
 *   …  html`${this.link.render()}`                    // what there is to say about the link
 *   …  this.link.compare({ device, digest });         // when a run has ended
 *   …  html`<lab-share .make=${async () => ({ link: await linkTo(`lesson/${name}`, shared) })}></lab-share>`
 *
 * A link that is malformed, hostile or for another page changes nothing; `render` says so. One that asks for much
 * waits until somebody agrees.
 */
import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { compact, duration, type Prediction } from '../../components/index.ts';
import { excess, type Excess, roughSeconds, sumOfCosts } from '../../lessons/bounds.ts';
import type * as Links from '../../state/link.ts';
import type { Shared } from '../../state/link.ts';
import type { Lab, RunCost } from '../../worker/protocol.ts';
import { hashHere } from '../frame/site.ts';
import type { Words } from '../../figures/say-problem.ts';
import { readAddress, withoutTrackers } from './address.ts';
import { AddressWatch } from './address-watch.ts';
import { strings } from './sharing-strings.ts';

export type { Shared } from '../../state/link.ts';

/** What reads and writes links: most visits do neither. */
const loadLinks = (): Promise<typeof Links> => import('../../state/link.ts');

/** The address of a page with all that was on it. @param page as in the hash, such as `lesson/mirage` */
export async function linkTo(page: string, shared: Shared): Promise<string> {
  const { encodeLink } = await loadLinks();
  const { origin, pathname, search } = location;
  return `${origin}${pathname}${withoutTrackers(search)}#/${page}?s=${await encodeLink(shared)}`;
}

/** Whether an address says something beside its page, packed as `s` or in plain words. */
const isLink = (words: URLSearchParams): boolean =>
  ['s', 'size', 'seed', 'changes'].some((name) => words.has(name));

/** The result of a run as a link carries it: its device, a digest of its losses, its numbers. */
export interface Computed {
  device: string;
  /** of the losses, by `digestOf` */
  digest: string;
}

/** A link asks the device for more than strangers may: somebody must agree to it first. */
class AsksForMuch extends Error {
  override name = 'AsksForMuch';
  constructor(
    readonly above: Excess,
    readonly seconds: number,
  ) {
    super('The link asks for more than links may.');
  }
}

/**
 * Holds what a link asks for against the bounds for strangers.
 * @param agreed somebody has read what it costs
 * @throws AsksForMuch, which SharedLink tells of
 */
export async function checkCosts(lab: Lab, costs: readonly RunCost[], agreed: boolean): Promise<void> {
  const { software = false } = (await lab.device().catch(() => undefined)) ?? {};
  const sum = sumOfCosts(costs);
  const above = excess(sum, software);
  if (above && !agreed) throw new AsksForMuch(above, roughSeconds(sum, software));
}

export class SharedLink implements ReactiveController {
  /** what the link says; undefined without a link, and for one that can't be used */
  shared: Shared | undefined;
  /** why the link can't be used */
  problem: (() => readonly Words[]) | undefined;
  /** settled once the link of the address has been read, if there is one */
  ready: Promise<void> = Promise.resolve();

  /** what the link asks for, while nobody has agreed to it */
  private much: AsksForMuch | undefined;
  private verdict: string | undefined;
  private reading: AbortController | undefined;

  /**
   * @param lesson the name that links to this page carry
   * @param apply takes the settings over; an error that it throws refuses the link. Its signal aborts when another is
   *   opened meanwhile, or the page is left; `agreed` when somebody wants the link whatever it costs
   */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly lesson: () => string,
    private readonly apply: (shared: Shared, signal: AbortSignal, agreed: boolean) => void | Promise<void>,
  ) {
    host.addController(this);
    new AddressWatch(host, undefined, (words) => {
      // Another address of the page without a link leaves what is there.
      if (!this.reading || isLink(words)) this.begin(words);
    });
  }

  hostDisconnected(): void {
    this.reading?.abort();
    this.reading = undefined;
  }

  /** Holds what was computed here against the result that the link carries. @param changed settings were changed since */
  compare(own: Computed, changed = false): void {
    const theirs = this.shared?.result;
    if (!theirs) return;
    if (changed) this.verdict = strings.changed;
    else if (own.digest === theirs.digest) this.verdict = strings.same;
    else if (own.device === theirs.device) this.verdict = strings.otherHere;
    else this.verdict = strings.other(theirs.device, own.device);
    this.host.requestUpdate();
  }

  /** What there is to say about the link. */
  render(): TemplateResult | typeof nothing {
    if (this.problem) {
      return html`<div class="notice" data-kind="bad" role="alert" data-testid="link-problem">
        <b>${strings.refused}</b>
        ${this.problem().map((line) => html`<p>${line}</p>`)}
      </div>`;
    }
    if (this.much) {
      const { above, seconds } = this.much;
      const what = strings.amounts[above.what](compact(above.amount));
      return html`<div class="notice" data-kind="link" role="alert" data-testid="link-asks">
        <p>${strings.much(what, duration(seconds))}</p>
        <p>
          <button class="pill" type="button" @click=${() => this.begin(readAddress(hashHere()).words, true)}>
            ${strings.agree}
          </button>
        </p>
      </div>`;
    }
    if (!this.shared) return nothing;
    const { result } = this.shared;
    return html`<div class="notice" data-kind="link" data-testid="link-opened">
      <p>${this.verdict ?? (result ? strings.opened(result.device) : strings.openedPlain)}</p>
    </div>`;
  }

  private begin(words: URLSearchParams, agreed = false): void {
    this.reading?.abort();
    this.reading = new AbortController();
    this.shared = this.problem = this.verdict = this.much = undefined;
    this.ready = isLink(words) ? this.read(words, this.reading.signal, agreed) : Promise.resolve();
  }

  private async read(said: URLSearchParams, signal: AbortSignal, agreed: boolean): Promise<void> {
    try {
      const { decodeLink, LinkError, plainLink } = await loadLinks();
      signal.throwIfAborted();
      const packed = said.get('s');
      const shared = packed === null ? plainLink(this.lesson(), said) : await decodeLink(packed);
      signal.throwIfAborted();
      if (shared.lesson !== this.lesson()) {
        throw new LinkError(
          'other-page',
          `This link belongs to the page "${shared.lesson}", not to "${this.lesson()}".`,
          [shared.lesson, this.lesson()],
        );
      }
      await this.apply(shared, signal, agreed);
      signal.throwIfAborted();
      this.shared = shared;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof AsksForMuch) this.much = error;
      else await this.refuse(error as Error, signal);
    }
    this.host.requestUpdate();
  }

  /** Says why the link is refused; the words are loaded only then. */
  private async refuse(error: Error, signal: AbortSignal): Promise<void> {
    const lines = await import('../say-error.ts').then(
      ({ sayError }) =>
        () =>
          sayError(error),
      () => () => [error.message],
    );
    if (!signal.aborted) this.problem = lines;
  }
}

/** A prediction as links carry it: a height alone, or its points. @param value the number that it is about */
export function packPrediction(value: string, prediction: Prediction | undefined): Shared['prediction'] {
  if (!prediction) return {};
  const { kind, points } = prediction;
  return { [value]: kind === 'level' ? points[0]![1] : points.map(([x, y]) => [x, y] as [number, number]) };
}

/** A link's prediction of that number, if it has one. */
export function unpackPrediction(
  value: string,
  kind: Prediction['kind'],
  { prediction }: Pick<Shared, 'prediction'>,
): Prediction | undefined {
  const found = prediction[value];
  if (found === undefined) return undefined;
  if (typeof found === 'number') return kind === 'level' ? { kind, points: [[0, found]] } : undefined;
  return found.length && kind !== 'level' ? { kind, points: found } : undefined;
}
