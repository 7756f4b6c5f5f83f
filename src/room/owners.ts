/**
 * Of several servers over one database each class has one that holds it, by a lease. The others hand on to it what they are
 * asked (forward.ts); when it dies its lease ends, and who is asked next takes the class over.
 */
import type { ClassHolder, ClassLeases } from './store.ts';

/** A server that says nothing for so long is thought dead, ms. */
const LEASE_MS = 8_000;
const RENEW_EVERY_MS = 1_000;
/** What was heard of another server's class is believed for so long: a hall comes in at once, ms. */
const BELIEVED_MS = 1_000;

export class Owners {
  /** under which other servers find this one */
  address = '';
  private readonly own = new Set<string>();
  /** by class, what was asked of late */
  private readonly asked = new Map<string, Promise<ClassHolder | undefined>>();
  private timer: NodeJS.Timeout | undefined;
  /** when the leases were renewed last */
  private renewed = 0;

  /** @param lost hears of classes that are another server's by now, or may be */
  constructor(
    private readonly leases: ClassLeases,
    private readonly lost: (code: string) => void,
  ) {}

  has(code: string): boolean {
    return this.own.has(code);
  }

  /** Who holds a class: this server where nobody did; nothing where there is no such class. */
  of(code: string): Promise<ClassHolder | undefined> {
    let asked = this.asked.get(code);
    if (!asked) {
      asked = this.claim(code);
      this.asked.set(code, asked);
      const forget = (): boolean => this.asked.delete(code);
      asked.then((holder) => (holder && !holder.isHere ? setTimeout(forget, BELIEVED_MS) : forget()), forget);
    }
    return asked;
  }

  private async claim(code: string): Promise<ClassHolder | undefined> {
    const begun = performance.now();
    const holder = await this.leases.claim(code, this.address, LEASE_MS);
    if (!holder?.isHere) return holder;
    if (this.own.size === 0) this.renewed = begun;
    this.own.add(code);
    this.timer ??= setTimeout(() => void this.renew(), RENEW_EVERY_MS);
    return holder;
  }

  async close(): Promise<void> {
    this.own.clear();
    clearTimeout(this.timer);
    await this.leases.release();
  }

  private async renew(): Promise<void> {
    const codes = [...this.own];
    const begun = performance.now();
    const kept = await this.ask(codes);
    if (kept) this.renewed = begun;
    // A database that does not answer is no news yet: the leases last a while.
    const still = kept ?? (performance.now() - this.renewed < LEASE_MS ? codes : []);
    for (const code of codes) {
      if (still.includes(code) || !this.own.delete(code)) continue;
      this.lost(code);
    }
    this.timer = this.own.size > 0 ? setTimeout(() => void this.renew(), RENEW_EVERY_MS) : undefined;
  }

  private async ask(codes: readonly string[]): Promise<string[] | undefined> {
    let late: NodeJS.Timeout | undefined;
    const silence = new Promise<undefined>((resolve) => {
      late = setTimeout(() => resolve(undefined), LEASE_MS);
    });
    try {
      return await Promise.race([this.leases.renew(codes, LEASE_MS), silence]);
    } catch (error) {
      console.error(error);
      return undefined;
    } finally {
      clearTimeout(late);
    }
  }
}
