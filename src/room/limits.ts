/** What one class, one member and one address may ask of the server. docs/class.md names them. */

/** Members of a class, unless the command says otherwise. */
export const MOST_MEMBERS = 1_000;
/** One message. A result has about 1 kB. */
export const MOST_MESSAGE_BYTES = 32_768;
/** A member's document: results of twenty lessons have less. */
export const MOST_MEMBER_BYTES = 131_072;
/** The teacher's plan: a thousand members renamed and removed. */
export const MOST_PLAN_BYTES = 262_144;
/** Appended to a document before it is written anew as one. */
export const COMPACT_BYTES = 65_536;
/** Of a request to join. */
export const MOST_BODY_BYTES = 2_048;
/** Of what a hand asks, and of a result that it gives: twelve thousand losses have about 250 kB. */
export const MOST_ASKED_BYTES = 4_096;
export const MOST_RESULT_BYTES = 4_000_000;
/** Runs of an experiment of many hands, and losses of one of them: steps times replicas. */
export const MOST_RUNS = 300;
export const MOST_LOSSES = 100_000;
/** What one member's hand, or a projector, asks: at once, and a second. */
export const HAND_REQUESTS = { burst: 400, perSecond: 10 };
/** A cell is held for at most so long without a word. */
export const LEASE_SECONDS = 120;
/** Sockets at once with one member's token: tabs and reloads. */
export const MOST_SOCKETS = 6;
/** Messages of one socket: at once, and a second in the long run. */
export const MESSAGES = { burst: 120, perSecond: 20 };
/** Codes that are no class's, from one address: at once, and a second. */
export const WRONG_CODES = { burst: 30, perSecond: 0.5 };
/** The same from all addresses together: of 387 million codes an hour of guessing tries 36,000. */
export const ALL_WRONG_CODES = { burst: 300, perSecond: 10 };

/** Lets through so many at once, and so many a second in the long run. */
export class Bucket {
  private level: number;
  private at: number;

  constructor(
    private readonly limit: { burst: number; perSecond: number },
    private readonly now: () => number = () => performance.now(),
  ) {
    this.level = limit.burst;
    this.at = now();
  }

  /** Whether there is room for one more, without taking it. */
  get isOpen(): boolean {
    this.fill();
    return this.level >= 1;
  }

  /** Whether it is let through. */
  take(): boolean {
    if (!this.isOpen) return false;
    this.level--;
    return true;
  }

  private fill(): void {
    const now = this.now();
    this.level = Math.min(this.limit.burst, this.level + ((now - this.at) / 1000) * this.limit.perSecond);
    this.at = now;
  }
}

/** One bucket for each name; those that are full again are forgotten. */
export class Buckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly limit: { burst: number; perSecond: number },
    private readonly most = 10_000,
  ) {}

  of(name: string): Bucket {
    let bucket = this.buckets.get(name);
    if (!bucket) {
      // The oldest goes: an attacker with so many addresses is held by the limit of all together.
      if (this.buckets.size >= this.most) this.buckets.delete(this.buckets.keys().next().value!);
      this.buckets.set(name, (bucket = new Bucket(this.limit)));
    }
    return bucket;
  }
}
