/** The time that a run still takes, smoothed: measurements move the estimate within seconds, not at once. */
import { html, nothing, type TemplateResult } from 'lit';
import { duration } from '../../components/index.ts';
import { say } from '../../figures/series.ts';
import { text } from '../../lessons/shared/text.ts';

const WORDS = {
  late: (expected: string) =>
    text(
      `This takes more than three times as long as was expected (${expected}).`,
      `这次训练用的时间会超过预计（${expected}）的三倍。`,
    ),
  small: text('Take the small size', '改用小规模'),
  stop: text('Stop with what there is', '到此为止，看已有的结果'),
};

/** Time in which the shown estimate approaches the measured one, s. */
const FOLLOWS = 10;
/** A run that takes so many times as long as was estimated counts as late. */
const LATE = 3;
/** A run shorter than this is never late, s. */
const PATIENCE = 10;

/** What can be done about a run that takes too long. */
export interface Sooner {
  /** runs the small size; none where it is small already */
  takeSmall: (() => void) | undefined;
  stop: () => void;
}

/** Times of day are in ms, as `performance.now` gives them; all others in s. */
export class RunClock {
  /** estimate for the whole run, made before it began */
  expected: number | undefined;
  private spent = 0;
  private since: number | undefined;
  private said: { at: number; left: number } | undefined;

  /** Training begins or goes on. */
  start(expected: number | undefined, now: number): void {
    if (this.since !== undefined) return;
    this.expected ??= expected;
    this.since = now;
    const left = (this.expected ?? NaN) - this.spent;
    this.said = left > 0 ? { at: now, left } : undefined;
  }

  /** Training pauses. */
  stop(now: number): void {
    this.spent = this.took(now);
    this.since = this.said = undefined;
  }

  /** Another run is open. */
  reset(): void {
    this.spent = 0;
    this.expected = this.since = this.said = undefined;
  }

  /** @param left the time left as it was measured now @returns the time left to show */
  hear(left: number, now: number): number {
    if (this.said) {
      const passed = (now - this.said.at) / 1000;
      const before = Math.max(0, this.said.left - passed);
      left = before + (left - before) * (1 - Math.exp(-passed / FOLLOWS));
    }
    this.said = { at: now, left };
    return left;
  }

  isLate(now: number): boolean {
    const { expected, said } = this;
    if (expected === undefined || this.since === undefined || !said) return false;
    const took = this.took(now);
    return took > PATIENCE && took + said.left > LATE * expected;
  }

  /** Offers two ways to have a result sooner. */
  render({ takeSmall, stop }: Sooner): TemplateResult {
    return html`<div class="notice" data-kind="slow" role="status" data-testid="late">
      <p>${say(WORDS.late(duration(this.expected ?? 0)))}</p>
      <p>
        ${
          takeSmall
            ? html`<button class="pill" type="button" @click=${takeSmall}>${say(WORDS.small)}</button>`
            : nothing
        }
        <button class="quiet" type="button" @click=${stop}>${say(WORDS.stop)}</button>
      </p>
    </div>`;
  }

  private took(now: number): number {
    return this.spent + (this.since === undefined ? 0 : (now - this.since) / 1000);
  }
}
