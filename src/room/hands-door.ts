/** The counter of many hands: what members ask over HTTP, and in which words they are refused. */
import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import { type HandProblem, HANDS_PATH } from '../class/hands.ts';
import { codeIn } from '../class/live.ts';
import { readJSON } from '../json.ts';
import { options } from '../option-schema.ts';
import { parse, SchemaError } from '../schema.ts';
import { type Role, roleOf } from './access.ts';
import { type Answer, bodyOf, TooLongError } from './body.ts';
import { elsewhere, forwardRequest } from './forward.ts';
import { RefusedError } from './guard.ts';
import { Buckets, HAND_REQUESTS, LEASE_SECONDS, MOST_ASKED_BYTES, MOST_RESULT_BYTES } from './limits.ts';
import type { Room } from './room.ts';

const id = v.pipe(v.string('must be a text'), v.maxLength(2000, 'must have at most 2000 characters'));
const seconds = v.pipe(
  v.number(`must be from 1 to ${LEASE_SECONDS}`),
  v.minValue(1, `must be from 1 to ${LEASE_SECONDS}`),
  v.maxValue(LEASE_SECONDS, `must be from 1 to ${LEASE_SECONDS}`),
);
const share = v.pipe(
  v.number('must be from 0 to 1'),
  v.minValue(0, 'must be from 0 to 1'),
  v.maxValue(1, 'must be from 0 to 1'),
);
const act = <const T extends string>(name: T): v.LiteralSchema<T, undefined> => v.literal(name);
const Asked = v.union(
  [
    options({ act: act('take'), slow: v.boolean('must be true or false'), seconds }),
    options({ act: act('hold'), cell: id, share, seconds }),
    options({ act: act('drop'), cell: id }),
    options({ act: act('give'), experiment: id, key: id, result: v.unknown() }),
    options({ act: act('list') }),
    options({ act: act('read'), experiment: id, key: id }),
  ],
  'must be one of take, hold, drop, give, list and read, with what it needs',
);

const STATUS: Record<HandProblem, number> = {
  'not-yours': 403,
  over: 410,
  'not-now': 409,
  wait: 429,
  refused: 400,
  'no-room': 404,
  offline: 503,
};

const refused = (problem: HandProblem, detail?: string): Answer => ({
  status: STATUS[problem],
  body: JSON.stringify({ problem, ...(detail !== undefined && { detail }) }),
});

export const isAtCounter = (path: string): boolean => path.startsWith(`${HANDS_PATH}/`);

export class HandsDoor {
  private readonly requests = new Buckets(HAND_REQUESTS);

  constructor(
    private readonly room: Room,
    private readonly secret: string,
  ) {}

  async answer(request: IncomingMessage, path: string): Promise<Answer> {
    const code = codeIn(path.slice(HANDS_PATH.length + 1));
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const who = code === undefined ? undefined : roleOf(this.secret, code, token);
    if (request.method !== 'POST' || code === undefined || !who) return refused('not-yours');
    if (!this.requests.of(token).take()) return refused('wait');
    try {
      const text = await bodyOf(request, MOST_RESULT_BYTES);
      const answer = await elsewhere(
        request,
        () => this.room.where(code),
        (address) => forwardRequest(address, request, text),
      );
      if (answer) return answer;
      const asked = parse(Asked, readJSON(text, 'body', { characters: MOST_RESULT_BYTES }));
      if (asked.act !== 'give' && text.length > MOST_ASKED_BYTES) return refused('refused', 'is too long');
      return { status: 200, body: await this.do(code, who, asked) };
    } catch (error) {
      if (error instanceof RefusedError) return refused(error.reason as HandProblem);
      if (error instanceof TooLongError) return refused('refused', error.message);
      if (error instanceof SchemaError) return refused('refused', error.message.slice(0, 500));
      // It could not be kept: the hand tries again.
      console.error(error);
      return refused('offline');
    }
  }

  private async do(code: string, who: Role, asked: v.InferOutput<typeof Asked>): Promise<string> {
    const held = await this.room.find(code);
    if (!held) {
      if (asked.act === 'take') return JSON.stringify({ idle: 'over' });
      throw new RefusedError('over');
    }
    const { hands, classroom } = held;
    if (who.role === 'member' && classroom.isRemoved(who.member)) throw new RefusedError('not-yours');
    if (asked.act === 'list') return JSON.stringify(await hands.list());
    if (asked.act === 'read') return `{"result":${await hands.read(asked.experiment, asked.key)}}`;
    if (who.role !== 'member') throw new RefusedError('not-yours');
    const { member } = who;
    switch (asked.act) {
      case 'take':
        return JSON.stringify(await hands.take(member, asked.slow, asked.seconds));
      case 'hold':
        return JSON.stringify({ held: await hands.keep(member, asked.cell, asked.share, asked.seconds) });
      case 'drop':
        await hands.drop(member, asked.cell);
        return '{}';
      case 'give':
        return JSON.stringify({
          given: await hands.give(member, asked.experiment, asked.key, asked.result),
        });
    }
  }
}
