/**
 * The cells of one shared experiment: who holds which, and what came of them. All of it lies in the database, so that several
 * servers hand out one experiment, and a server that was killed goes on with it.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Cell, Given, HandItem, HandsCounts, RunState, Taken } from '../class/hands.ts';
import type { Plan } from '../class/live.ts';
import { RefusedError } from './guard.ts';
import type { GivenResult, HandsStore, Lease } from './hands-store.ts';
import type { Store } from './store.ts';

export interface PlannedCell {
  id: string;
  /** FLOPs */
  cost: number;
  items: readonly (HandItem & { run: string })[];
}

export interface Experiment {
  name: string;
  /** in the order in which they show something */
  cells: readonly PlannedCell[];
  /** Asks whether something is the result of a run of it. @throws SchemaError */
  check(key: string, result: unknown): { device: string; digest: string; text: string };
}

/** Of a page whose last socket closed, the cell is free again after so long: it may only have lost its connection, ms. */
const GRACE_MS = 15_000;
/** How often it is asked what other servers and the time have changed, ms. */
const LOOK_EVERY_MS = 1_000;

interface Status {
  leases: Lease[];
  /** by run: the first result, and how many others had the same bits, and had not */
  results: Map<string, { first: GivenResult; confirmed: number; differs: number }>;
}

export class Hands {
  experiment: Experiment | undefined;
  private isOpen = false;
  private isOver = false;
  private timer: NodeJS.Timeout | undefined;
  private shown = '';
  /** who was given which cell by this server: may say its result also when its lease has ended */
  private readonly handed = new Set<string>();

  constructor(
    private readonly code: string,
    private readonly store: Store,
    private readonly changed: (counts: HandsCounts | undefined) => void,
  ) {}

  private get kept(): HandsStore {
    return this.store.hands;
  }

  /** @param experiment nothing where the work is not shared */
  setPlan(plan: Plan, experiment: Experiment | undefined): void {
    if (experiment?.name !== this.experiment?.name) this.handed.clear();
    this.experiment = experiment;
    this.isOpen = plan.phase === 'run' && !plan.ended && experiment !== undefined;
    this.isOver = plan.ended;
    this.look();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  async take(member: string, slow: boolean, seconds: number): Promise<Taken> {
    if (this.isOver) return { idle: 'over' };
    const { experiment } = this;
    if (!experiment || !this.isOpen) return { idle: 'not-now' };
    const now = Date.now();
    const status = await this.status();
    const free = experiment.cells.filter((cell) => !isDone(cell, status));
    if (free.length === 0) return { idle: 'done' };
    const ofOthers = new Set(status.leases.filter(({ holder }) => holder !== member).map(({ cell }) => cell));
    const own = new Set(status.leases.filter(({ holder }) => holder === member).map(({ cell }) => cell));
    const wanted = free
      .filter(({ id }) => !ofOthers.has(id))
      .sort((a, b) => Number(own.has(b.id)) - Number(own.has(a.id)) || (slow ? a.cost - b.cost : 0));
    for (const cell of wanted) {
      if (!(await this.hold(member, cell.id, 0, seconds, now))) continue;
      this.look();
      return { cell: this.told(cell, experiment, status) };
    }
    return { idle: 'held' };
  }

  /** @returns whether the cell is the member's; one that is done is nobody's */
  async keep(member: string, cell: string, share: number, seconds: number): Promise<boolean> {
    const planned = this.experiment?.cells.find(({ id }) => id === cell);
    if (!planned || !this.isOpen) return false;
    const status = await this.status();
    if (isDone(planned, status)) return false;
    // One hand, one cell.
    if (status.leases.some((lease) => lease.holder === member && lease.cell !== cell)) return false;
    return this.hold(member, cell, share, seconds, Date.now());
  }

  async drop(member: string, cell: string): Promise<void> {
    await this.kept.shorten(this.code, member, Date.now(), cell);
    this.look();
  }

  /** A member's pages are gone. */
  async leave(member: string): Promise<void> {
    if (this.experiment) await this.kept.shorten(this.code, member, Date.now() + GRACE_MS);
  }

  /** A member was taken out: with it what it has given. */
  async remove(member: string): Promise<void> {
    await this.kept.forgetMember(this.code, member);
    this.look();
  }

  /** @throws RefusedError; SchemaError where it is no result of that run */
  async give(member: string, name: string, key: string, input: unknown): Promise<Given> {
    const { experiment } = this;
    const cell = experiment?.cells.find(({ items }) => items.some((item) => item.key === key));
    if (!experiment || !cell || experiment.name !== name) throw new RefusedError('not-now');
    const { device, digest, text } = experiment.check(key, input);
    const { run } = cell.items.find((item) => item.key === key)!;
    const { results } = await this.status();
    const before = results.get(run);
    // Who was never given the cell may not fill the database with it.
    const mayGive =
      this.handed.has(`${cell.id} ${member}`) ||
      (!before && (await this.hold(member, cell.id, 1, GRACE_MS / 1000, Date.now())));
    if (!mayGive) throw new RefusedError('not-yours');
    const given = { code: this.code, run, member, device, digest, at: Date.now() };
    await this.kept.add(given, gzipSync(text));
    if (cell.items.every((item) => item.run === run || results.has(item.run)))
      await this.kept.shorten(this.code, member, Date.now(), cell.id);
    this.look();
    if (!before) return 'first';
    if (before.first.member === member) return 'known';
    return before.first.digest === digest ? 'confirms' : 'differs';
  }

  async list(): Promise<{ experiment: string; runs: RunState[] }> {
    const { experiment } = this;
    if (!experiment) return { experiment: '', runs: [] };
    const { leases, results } = await this.status();
    return {
      experiment: experiment.name,
      runs: experiment.cells.flatMap(({ id, items }) => {
        const lease = leases.find(({ cell }) => cell === id);
        return items.map(({ key, run }): RunState => {
          const done = results.get(run);
          if (done) {
            const { confirmed, differs } = done;
            return { key, state: 'done', ...(confirmed && { confirmed }), ...(differs && { differs }) };
          }
          return lease ? { key, state: 'held', share: lease.share } : { key, state: 'free' };
        });
      }),
    };
  }

  /** A result as JSON. @throws RefusedError where it is not there */
  async read(name: string, key: string): Promise<string> {
    const { experiment } = this;
    const item = experiment?.cells.flatMap(({ items }) => items).find((each) => each.key === key);
    const data = item && experiment!.name === name ? await this.kept.data(this.code, item.run) : undefined;
    if (!data) throw new RefusedError('not-now');
    return gunzipSync(data).toString('utf8');
  }

  private async hold(
    holder: string,
    cell: string,
    share: number,
    seconds: number,
    now: number,
  ): Promise<boolean> {
    const { code } = this;
    const held = await this.kept.hold({ code, cell, holder, until: now + 1000 * seconds, share }, now);
    if (held) this.handed.add(`${cell} ${holder}`);
    return held;
  }

  private told({ id, items }: PlannedCell, { name }: Experiment, { results }: Status): Cell {
    return {
      id,
      experiment: name,
      items: items.map(({ run: _run, ...item }) => item),
      done: items.filter(({ run }) => results.has(run)).map(({ key }) => key),
    };
  }

  private async status(): Promise<Status> {
    const [leases, given] = await Promise.all([
      this.kept.leases(this.code, Date.now()),
      this.kept.given(this.code),
    ]);
    const results: Status['results'] = new Map();
    for (const { whole, ...first } of given)
      if (whole && !results.has(first.run)) results.set(first.run, { first, confirmed: 0, differs: 0 });
    for (const { run, member, digest } of given) {
      const found = results.get(run);
      if (!found || found.first.member === member) continue;
      if (found.first.digest === digest) found.confirmed++;
      else found.differs++;
    }
    return { leases, results };
  }

  /** Tells what is new; while cells are handed out, again and again. */
  private look(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.tell().catch((error: unknown) => console.error(error)), 0);
  }

  private async tell(): Promise<void> {
    const counts = await this.counts();
    const text = JSON.stringify(counts ?? null);
    if (text !== this.shown) this.changed(counts);
    this.shown = text;
    clearTimeout(this.timer);
    if (this.isOpen) this.timer = setTimeout(() => this.look(), LOOK_EVERY_MS);
  }

  private async counts(): Promise<HandsCounts | undefined> {
    const { experiment } = this;
    if (!experiment) return undefined;
    const status = await this.status();
    const runs = experiment.cells.flatMap(({ items }) => items);
    const held = experiment.cells.filter(
      (cell) => !isDone(cell, status) && status.leases.some(({ cell: id }) => id === cell.id),
    );
    return {
      experiment: experiment.name,
      runs: runs.length,
      done: runs.filter(({ run }) => status.results.has(run)).length,
      hands: held.length,
    };
  }
}

const isDone = ({ items }: PlannedCell, { results }: Status): boolean =>
  items.every(({ run }) => results.has(run));
