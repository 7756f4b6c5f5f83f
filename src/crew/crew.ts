/**
 * Several workers that train on the processor: runs are shared out among them by their replicas, and workers that died
 * are replaced. Whoever made it ends it.
 */
import type { RunSpec } from '../training/spec/spec.ts';
import type { Beginning, Crew, Team } from '../training/trainer/team-trainer.ts';
import type { Member } from './member.ts';
import { beginningOf, joinInfos, sharesOf, specOf } from './shares.ts';
import { type Post, WorkerTeam } from './team.ts';

/** A worker, as whoever starts it sees it. */
export interface Connection {
  member: Member;
  /** Resolves when the worker can be asked. */
  ready: Promise<unknown>;
  /** Resolves with what is known of it when the worker dies by itself. */
  lost: Promise<string>;
  /** Ends the worker and whatever it does, at once. */
  end(): void;
}

/** Raised by whatever is asked of a worker that has died; who goes on in another one asks `training/plan/recovery.ts`. */
export class WorkerLostError extends Error {
  override name = 'WorkerLostError';

  constructor(what: string) {
    super(
      `${what}. What was trained until then is kept. Try again; if that does not help, train on one core, or make the model or the batch smaller.`,
    );
  }
}

export interface CrewOptions {
  /** starts a worker */
  start: () => Connection;
  /** how many */
  size: number;
  /** bytes that all of them together may hold, where that is bounded */
  mostBytes?: number | undefined;
}

/** A worker, and how much of it is taken. */
class Hand {
  replicas = 0;
  bytes = 0;
  isLost = false;
  private readonly lost: Promise<never>;

  constructor(private readonly connection: Connection) {
    this.lost = connection.lost.then((detail) => {
      this.isLost = true;
      connection.end();
      throw new WorkerLostError(`A worker that trains stopped unexpectedly${detail && ` (${detail})`}`);
    });
    this.lost.catch(() => undefined); // Whoever waits for an answer hears of it.
  }

  ready(): Promise<unknown> {
    return Promise.race([this.connection.ready, this.lost]);
  }

  /** Asks the worker. @throws WorkerLostError when it dies before it answers */
  ask<T>(question: (member: Member) => Promise<T>): Promise<T> {
    if (this.isLost) return this.lost;
    return Promise.race([question(this.connection.member), this.lost]);
  }

  end(): void {
    this.isLost = true;
    this.connection.end();
  }
}

export class WorkerCrew implements Crew {
  private hands: Hand[] = [];
  private isEnded = false;
  /** one run is built at a time, so that each sees what the others have taken */
  private building: Promise<unknown> = Promise.resolve();

  private constructor(private readonly options: CrewOptions) {}

  /** Nothing where no worker could be started. */
  static async start(options: CrewOptions): Promise<WorkerCrew | undefined> {
    const crew = new WorkerCrew(options);
    await crew.fill();
    return crew.hands.length > 0 ? crew : undefined;
  }

  get size(): number {
    return this.options.size;
  }

  gather(spec: RunSpec, beginning: Beginning): Promise<Team> {
    const team = this.building.then(() => this.build(spec, beginning));
    this.building = team.catch(() => undefined);
    return team;
  }

  /** Ends all workers. */
  end(): void {
    this.isEnded = true;
    for (const hand of this.hands.splice(0)) hand.end();
  }

  private async build(spec: RunSpec, beginning: Beginning): Promise<Team> {
    await this.fill();
    if (!this.hands.length) throw new WorkerLostError('No worker could be started to train in');
    const idlest = this.hands.toSorted((a, b) => a.replicas - b.replicas);
    const left = this.bytesLeft;
    const settled = await Promise.allSettled(
      sharesOf(spec.replicas, idlest.length).map(async (share, i): Promise<Post> => {
        const hand = idlest[i]!;
        const most = left === undefined ? undefined : (left * share.count) / spec.replicas;
        const own = beginningOf(spec, beginning, share);
        const { id, info } = await hand.ask((member) => member.build(specOf(spec, share), own, most));
        hand.replicas += share.count;
        hand.bytes += info.gpuBytes;
        const free = (): void => {
          hand.replicas -= share.count;
          hand.bytes -= info.gpuBytes;
          hand.ask((member) => member.free(id)).catch(() => undefined); // It is gone with its worker.
        };
        return { ask: (question) => hand.ask((member) => question(member, id)), info, free };
      }),
    );
    const posts = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const failed = settled.find((each) => each.status === 'rejected');
    if (failed) {
      for (const post of posts) post.free();
      throw failed.reason;
    }
    return new WorkerTeam(spec, joinInfos(posts.map(({ info }) => info)), posts);
  }

  private get bytesLeft(): number | undefined {
    const { mostBytes } = this.options;
    return mostBytes && mostBytes - this.hands.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Starts workers in the place of those that are missing, as far as they come. */
  private async fill(): Promise<void> {
    this.hands = this.hands.filter(({ isLost }) => !isLost);
    const missing = this.isEnded ? 0 : this.options.size - this.hands.length;
    const started = await Promise.all(
      Array.from({ length: missing }, async (): Promise<Hand[]> => {
        let hand: Hand | undefined;
        try {
          hand = new Hand(this.options.start());
          await hand.ready();
          return [hand];
        } catch {
          hand?.end();
          return [];
        }
      }),
    );
    this.hands.push(...started.flat());
    // The crew may have been ended while its workers started.
    if (this.isEnded) this.end();
  }
}
