/**
 * Many hands: one experiment, whose cells are handed out to whoever has a device to lend. What hands, pages and the room say
 * to each other over HTTP, so that a program without a page needs no more than a code.
 */

/** A run of a cell, as a person would write it down. */
export interface HandItem {
  key: string;
  spec: Record<string, unknown>;
  /** key of the run of the same cell with whose final weights it begins */
  from?: string;
}

/** What is handed out at once: a run, or runs that begin with one another's weights. */
export interface Cell {
  id: string;
  /** a lesson, size and seed, or a sweep */
  experiment: string;
  items: readonly HandItem[];
  /** keys of its runs whose results are there */
  done: readonly string[];
}

/** Why nobody is given a cell: it is not the time for it, others have all that is left, all is done, the class has ended. */
export type Idle = 'not-now' | 'held' | 'done' | 'over';
export type Taken = { cell: Cell } | { idle: Idle };

/** What becomes of a result: the first of its run, the same bits as the first, other bits, or the member's own once more. */
export type Given = 'first' | 'confirms' | 'differs' | 'known';

/** How far one run is. */
export interface RunState {
  key: string;
  state: 'done' | 'held' | 'free';
  /** of a cell that is held, 0 … 1 */
  share?: number;
  /** results of others that were the same, and that were not */
  confirmed?: number;
  differs?: number;
}

/** How far the experiment is: what the board shows. */
export interface HandsCounts {
  experiment: string;
  runs: number;
  done: number;
  /** members that hold a cell now */
  hands: number;
}

/** What a hand may be refused with. `offline` and `wait` are worth another try, the others are not. */
export const HAND_PROBLEMS = [
  'offline',
  'wait',
  'not-now',
  'not-yours',
  'over',
  'refused',
  'no-room',
] as const;
export type HandProblem = (typeof HAND_PROBLEMS)[number];

export class HandError extends Error {
  override name = 'HandError';

  /** @param detail what the server said of it, for whoever looks for a fault */
  constructor(
    readonly problem: HandProblem,
    readonly detail = '',
  ) {
    super(detail ? `${problem}: ${detail}` : problem);
  }

  get isPassing(): boolean {
    return this.problem === 'offline' || this.problem === 'wait';
  }
}

/** A result as JSON: lists of floats become lists, and what is no number becomes null. */
export const resultText = (result: unknown): string =>
  JSON.stringify(result, (_, value: unknown) => (value instanceof Float32Array ? Array.from(value) : value));

/** Results have null where JSON had no other sign for a number that is none. */
const revived = (text: string): unknown =>
  JSON.parse(text, (_, value: unknown) => (value === null ? NaN : value)) as unknown;

export const HANDS_PATH = '/room/hands';

/** One member, or whoever leads, at the room's counter. */
export class HandsClient {
  /** @param address of the room, such as `https://lab.example/` */
  constructor(
    private readonly address: string | URL,
    private readonly code: string,
    private readonly token: string,
  ) {}

  /** @param slow it computes on a processor @param seconds for which it is its own without a word */
  async take(slow: boolean, seconds: number): Promise<Taken> {
    return (await this.ask({ act: 'take', slow, seconds })) as Taken;
  }

  /** Says that it goes on. @returns whether the cell is still its own */
  async hold(cell: string, share: number, seconds: number): Promise<boolean> {
    return ((await this.ask({ act: 'hold', cell, share, seconds })) as { held: boolean }).held;
  }

  /** Lets others have it; also said by a page that is just being closed. */
  async drop(cell: string): Promise<void> {
    await this.ask({ act: 'drop', cell }, true);
  }

  async give(experiment: string, key: string, result: unknown): Promise<Given> {
    const text = `{"act":"give","experiment":${JSON.stringify(experiment)},"key":${JSON.stringify(key)},"result":${resultText(result)}}`;
    return ((await this.send(text)) as { given: Given }).given;
  }

  async list(): Promise<{ experiment: string; runs: RunState[] }> {
    return (await this.ask({ act: 'list' })) as { experiment: string; runs: RunState[] };
  }

  /** A result as it was given first. */
  async read(experiment: string, key: string): Promise<unknown> {
    return ((await this.ask({ act: 'read', experiment, key })) as { result: unknown }).result;
  }

  private ask(what: Readonly<Record<string, unknown>>, keepalive = false): Promise<unknown> {
    return this.send(JSON.stringify(what), keepalive);
  }

  /** @throws HandError */
  private async send(body: string, keepalive = false): Promise<unknown> {
    let status: number;
    let text: string;
    try {
      const answer = await fetch(new URL(`.${HANDS_PATH}/${this.code}`, this.address), {
        method: 'POST',
        headers: { authorization: `Bearer ${this.token}` },
        body,
        keepalive,
      });
      status = answer.status;
      text = await answer.text();
    } catch {
      throw new HandError('offline');
    }
    // A proxy whose server is away answers for it.
    if (status >= 500) throw new HandError('offline');
    try {
      const said = revived(text) as Record<string, unknown>;
      if (status === 200) return said;
      const { problem, detail } = said;
      throw new HandError(
        HAND_PROBLEMS.find((each) => each === problem) ?? 'no-room',
        typeof detail === 'string' ? detail : '',
      );
    } catch (error) {
      throw error instanceof HandError ? error : new HandError('no-room');
    }
  }
}
