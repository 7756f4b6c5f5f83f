/** Who trains a run, of all tabs: one at a time, and none waits for a tab that is closed or suspended. */
import type { BrowserDatabase } from '../state/database.ts';
import { type Lease, soleLease } from '../training/plan/store.ts';

/** A holder that has not answered so many questions, about one a second, is taken to be gone. */
const PATIENCE = 30;
const BEAT_EVERY_MS = 2000;

export interface Leases {
  /** Undefined while another one holds it; asked again about once a second. */
  take(id: string): Promise<Lease | undefined>;
}

/** The browser's locks where it has them, records of the database elsewhere, and nothing to share without either. */
export function leasesOf(database: BrowserDatabase | undefined): Leases {
  const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
  if (locks) {
    const channel: BroadcastChannel & { unref?: () => void } = new BroadcastChannel('scaling-lab leases');
    channel.unref?.(); // In Node it would keep the program alive.
    return new LockLeases(locks, channel);
  }
  return database ? new RecordLeases(database) : { take: () => Promise.resolve(soleLease()) };
}

/**
 * Web Locks: the browser frees what a closed tab held. A suspended one keeps its locks, but answers no questions; then
 * the lock is taken from it.
 */
export class LockLeases implements Leases {
  private readonly held = new Set<string>();
  /** questions that nobody has answered */
  private readonly unanswered = new Map<string, number>();

  constructor(
    private readonly locks: LockManager,
    private readonly channel: BroadcastChannel,
    private readonly patience = PATIENCE,
  ) {
    channel.onmessage = ({ data }: MessageEvent<{ ask?: string; alive?: string }>) => {
      if (data.ask !== undefined && this.held.has(data.ask)) channel.postMessage({ alive: data.ask });
      if (data.alive !== undefined) this.unanswered.set(data.alive, 0);
    };
  }

  async take(id: string): Promise<Lease | undefined> {
    const name = `scaling-lab run ${id}`;
    try {
      const lease = await this.request(name, { ifAvailable: true });
      if (lease) return lease;
    } catch {
      // Frames without an origin have no locks, and share nothing.
      return soleLease();
    }
    const unanswered = this.unanswered.get(name) ?? 0;
    if (unanswered >= this.patience && !this.held.has(name)) return this.request(name, { steal: true });
    this.unanswered.set(name, unanswered + 1);
    this.channel.postMessage({ ask: name });
    return undefined;
  }

  private request(name: string, options: LockOptions): Promise<Lease | undefined> {
    return new Promise((resolve, reject) => {
      const lost = new AbortController();
      let free: () => void;
      const released = this.locks
        .request(name, options, (lock) => {
          if (!lock) {
            resolve(undefined);
            return undefined;
          }
          this.held.add(name);
          this.unanswered.delete(name);
          const lease = { lost: lost.signal, release: () => (free(), released) };
          resolve(lease);
          return new Promise<void>((end) => {
            free = () => {
              this.held.delete(name);
              end();
            };
          });
        })
        .then(
          () => undefined,
          (error: unknown) => {
            // The lock was stolen by another tab.
            this.held.delete(name);
            lost.abort();
            reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
    });
  }
}

/** Records with a beat: one that stands still while it is looked at again and again belongs to nobody any more. */
export class RecordLeases implements Leases {
  /** what each record was when it was last looked at, and how often it has been the same since */
  private readonly seen = new Map<string, { record: string; times: number }>();

  constructor(
    private readonly database: BrowserDatabase,
    private readonly patience = PATIENCE,
    private readonly beatEveryMs = BEAT_EVERY_MS,
  ) {}

  async take(id: string): Promise<Lease | undefined> {
    const owner = crypto.randomUUID();
    try {
      const isTaken = await this.exchange(id, (before) => {
        if (before && !this.isStill(id, JSON.stringify(before))) return before;
        return { owner, beat: 0 };
      });
      if (isTaken?.owner !== owner) return undefined;
    } catch {
      return soleLease(); // Without a database nothing is shared.
    }
    this.seen.delete(id);
    return this.hold(id, owner);
  }

  private hold(id: string, owner: string): Lease {
    const lost = new AbortController();
    const timer = setInterval(() => {
      this.exchange(id, (now) => (now?.owner === owner ? { owner, beat: now.beat + 1 } : now)).then(
        (now) => {
          if (now?.owner !== owner) end();
        },
        () => undefined, // A database that is away comes back, or all goes on without.
      );
    }, this.beatEveryMs);
    const end = (): void => {
      clearInterval(timer);
      lost.abort();
    };
    return {
      lost: lost.signal,
      release: async () => {
        clearInterval(timer);
        await this.exchange(id, (now) => (now?.owner === owner ? undefined : now)).catch(() => undefined);
      },
    };
  }

  private isStill(id: string, record: string): boolean {
    const before = this.seen.get(id);
    const times = before?.record === record ? before.times + 1 : 0;
    this.seen.set(id, { record, times });
    return times >= this.patience;
  }

  /** Reads a record and replaces it, in one transaction. @returns what it is now */
  private exchange(id: string, change: (before?: Beat) => Beat | undefined): Promise<Beat | undefined> {
    return this.database.use(async (open) => {
      const transaction = open.transaction('leases', 'readwrite');
      const before = await transaction.store.get(id);
      const now = change(before);
      if (now !== before) await (now ? transaction.store.put(now, id) : transaction.store.delete(id));
      await transaction.done;
      return now;
    });
  }
}

interface Beat {
  owner: string;
  beat: number;
}
