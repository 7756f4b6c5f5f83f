/** The room: Hocuspocus with our rules. Who comes in is asked here, and what comes in is kept before it is answered. */
import { Hocuspocus, type Document } from '@hocuspocus/server';
import * as Y from 'yjs';
import { documentNames, ENTRIES } from '../class/live.ts';
import { accessOf, type DocumentName, newCode, readName, type Role, roleOf } from './access.ts';
import { Board } from './board.ts';
import { Classroom, type Lessons } from './classroom.ts';
import { Hands } from './hands.ts';
import { checkUpdate, closing, RefusedError, saysSomething } from './guard.ts';
import { COMPACT_BYTES, MOST_MEMBER_BYTES, MOST_PLAN_BYTES, MOST_SOCKETS } from './limits.ts';
import { Owners } from './owners.ts';
import type { ClassHolder, KeptClass, Store } from './store.ts';

export interface RoomOptions {
  store: Store;
  secret: string;
  lessons: Lessons;
  mostMembers: number;
}

/** What Hocuspocus keeps with a document's connection. */
interface Context {
  who?: Role;
  document?: DocumentName;
}

interface Held {
  kept: KeptClass;
  classroom: Classroom;
  board: Board;
  hands: Hands;
}

/** A socket over which nothing has come for so long is closed, ms; pages say that they are there (class/live-client.ts). */
const SILENCE_MS = 180_000;
/** A first message before one has proved who one is: a token and a question for what is new. */
const MOST_QUEUED = { bytes: 262_144, messages: 40, documents: 6 };
/** Types of y-protocols' messages that carry an update. */
const UPDATES = [1, 2];

export class Room {
  readonly hocuspocus: Hocuspocus<Context>;
  readonly owners: Owners;
  /** Hears of a class that this server does not hold any more: whoever is in it is to come in again. */
  lost: (code: string) => void = () => undefined;
  private readonly held = new Map<string, Promise<Held | undefined>>();
  /** bytes appended to a document since it was written as one */
  private readonly appended = new Map<string, number>();

  constructor(private readonly options: RoomOptions) {
    this.owners = new Owners(options.store.leases, (code) => void this.drop(code));
    this.hocuspocus = new Hocuspocus<Context>({
      quiet: true,
      timeout: SILENCE_MS,
      maxUnauthenticatedQueueSize: MOST_QUEUED.bytes,
      maxUnauthenticatedQueueMessages: MOST_QUEUED.messages,
      maxPendingDocuments: MOST_QUEUED.documents,
      onAuthenticate: async ({ documentName, token, connectionConfig }) => {
        const { who, document, access } = await this.admit(documentName, token);
        connectionConfig.readOnly = access === 'read';
        return { who, document };
      },
      onLoadDocument: ({ document, documentName }) => this.load(document, documentName),
      beforeSync: async ({ type, payload, document, documentName, connection }) => {
        if (!UPDATES.includes(type) || connection.readOnly) return;
        try {
          await this.keep(document, documentName, payload);
        } catch (error) {
          // Not thrown on, which would fill a log: who may only read is answered that it was not taken.
          connection.readOnly = true;
          connection.webSocket.close(...closing(error));
        }
      },
      onChange: ({ document, documentName }) => this.take(readName(documentName)!, document),
      // A page says that it is there, and hears what of its document is on the disk.
      onStateless: ({ connection, document }) => {
        connection.sendStateless(Buffer.from(Y.encodeStateVector(document)).toString('base64'));
        return Promise.resolve();
      },
      // Presence is nobody's to tell here.
      beforeHandleAwareness: ({ states }) => {
        states.clear();
        return Promise.resolve();
      },
      onDisconnect: ({ context }) => this.leave(context),
      connected: ({ context }) => this.come(context),
      afterUnloadDocument: ({ documentName }) => this.unload(documentName),
    });
  }

  /** Who holds a class: this server, where none does; nothing where there is no such class. */
  where(code: string): Promise<ClassHolder | undefined> {
    return this.owners.has(code)
      ? Promise.resolve({ isHere: true, address: this.owners.address })
      : this.owners.of(code);
  }

  /** A class that is held here and is not over; undefined where there is none of that code. */
  find(code: string): Promise<Held | undefined> {
    let held = this.held.get(code);
    if (!held) {
      held = this.open(code);
      this.held.set(code, held);
      held.then(
        (found) => {
          if (!found) this.held.delete(code);
        },
        () => this.held.delete(code),
      );
    }
    return held;
  }

  /** Begins a class. */
  async begin(): Promise<KeptClass> {
    const now = Date.now();
    const kept: KeptClass = { code: newCode(), begun: now, used: now, ended: false };
    await this.options.store.put(kept);
    return kept;
  }

  /** Whether one more may join. */
  async hasRoom(code: string): Promise<boolean> {
    const held = await this.find(code);
    return held !== undefined && held.classroom.size < this.options.mostMembers;
  }

  async close(): Promise<void> {
    this.hocuspocus.closeConnections();
    for (const opening of this.held.values()) {
      const held = await opening.catch(() => undefined);
      held?.board.stop();
      held?.hands.stop();
    }
    await this.owners.close();
  }

  /** Another server holds the class: what is known of it here is old. */
  private async drop(code: string): Promise<void> {
    const opening = this.held.get(code);
    this.held.delete(code);
    this.lost(code);
    for (const document of this.hocuspocus.documents.values()) {
      if (!document.name.startsWith(`${code}/`)) continue;
      for (const connection of document.getConnections()) connection.close();
      this.hocuspocus.documents.delete(document.name);
      document.destroy();
    }
    const held = await opening?.catch(() => undefined);
    held?.board.stop();
    held?.hands.stop();
  }

  /** @throws RefusedError */
  private async admit(
    name: string,
    token: string,
  ): Promise<{ who: Role; document: DocumentName; access: 'read' | 'write' }> {
    const document = readName(name);
    const who = document && roleOf(this.options.secret, document.code, token);
    const access = who && accessOf(who, document);
    const held = access && (await this.find(document.code));
    if (!held) throw new RefusedError('not-yours');
    const { classroom } = held;
    if (who.role === 'member') {
      if (classroom.isRemoved(who.member)) throw new RefusedError('removed');
      if (!classroom.has(who.member) && classroom.size >= this.options.mostMembers)
        throw new RefusedError('full');
      if (document.kind === 'member' && classroom.socketsOf(who.member) >= MOST_SOCKETS)
        throw new RefusedError('too-many');
    }
    return { who, document, access };
  }

  private async open(code: string): Promise<Held | undefined> {
    const { store, lessons } = this.options;
    if (!(await this.where(code))?.isHere) return undefined;
    const kept = (await store.classes()).find((each) => each.code === code && !each.ended);
    if (!kept) return undefined;
    const classroom = new Classroom(code, lessons);
    for (const name of await store.documents(code)) {
      const document = readName(name);
      const entries = await this.entriesOf(name);
      if (document?.kind === 'member') classroom.setMember(document.member, entries);
      if (document?.kind === 'plan') await classroom.setPlan(entries);
    }
    if (!classroom.facts) await classroom.setPlan(await this.entriesOf(documentNames.plan(code)));
    const board = new Board(classroom);
    const hands = new Hands(code, store, (counts) => {
      classroom.hands = counts;
      classroom.isChanged = true;
      board.later();
    });
    const held = { kept, classroom, board, hands };
    share(held);
    return held;
  }

  private async entriesOf(name: string): Promise<Map<string, unknown>> {
    const update = await this.options.store.load(name);
    const document = new Y.Doc();
    if (update) Y.applyUpdate(document, update);
    return new Map(document.getMap(ENTRIES).entries());
  }

  private async load(document: Document, name: string): Promise<void> {
    const { kind, code } = readName(name)!;
    if (kind === 'board' || kind === 'results') {
      const { board } = (await this.find(code))!;
      board.open(kind, document, await this.options.store.leases.now());
      return;
    }
    const update = await this.options.store.load(name);
    if (update) Y.applyUpdate(document, update);
  }

  private async unload(name: string): Promise<void> {
    this.appended.delete(name);
    const { kind, code } = readName(name) ?? {};
    if (kind === 'board' || kind === 'results') (await this.held.get(code!))?.board.close(kind);
  }

  /** Only what is on the disk is answered. */
  private async keep(document: Document, name: string, update: Uint8Array): Promise<void> {
    if (!saysSomething(update)) return;
    const about = readName(name)!;
    checkUpdate(document, update, about.kind === 'plan' ? MOST_PLAN_BYTES : MOST_MEMBER_BYTES);
    await this.options.store.append(name, update);
    void this.compact(name, update.length);
  }

  /** What a document says now. */
  private async take(about: DocumentName, document: Y.Doc): Promise<void> {
    if (about.kind === 'board' || about.kind === 'results') return;
    const held = await this.held.get(about.code);
    if (!held) return;
    const { classroom, board, kept } = held;
    const entries = document.getMap(ENTRIES).entries();
    if (about.kind === 'member') classroom.setMember(about.member, entries);
    else {
      const before = classroom.plan.removed;
      await classroom.setPlan(entries);
      share(held);
      for (const member of classroom.plan.removed) {
        if (before.has(member)) continue;
        this.remove(about.code, member);
        await held.hands.remove(member);
      }
      if (classroom.plan.ended && !kept.ended) {
        kept.ended = true;
        await this.options.store.put({ ...kept, used: Date.now() });
      }
    }
    board.later();
  }

  /** Who was removed is not there any more: all of its sockets go. */
  private remove(code: string, member: string): void {
    for (const document of this.hocuspocus.documents.values()) {
      if (!document.name.startsWith(`${code}/`)) continue;
      for (const connection of document.getConnections()) {
        const { who } = connection.context as Context;
        if (who?.role === 'member' && who.member === member)
          connection.close({ code: 4403, reason: 'removed' });
      }
    }
  }

  private async compact(name: string, bytes: number): Promise<void> {
    const appended = (this.appended.get(name) ?? 0) + bytes;
    this.appended.set(name, appended < COMPACT_BYTES ? appended : 0);
    if (appended < COMPACT_BYTES) return;
    await this.options.store.compact(name).catch((error: unknown) => console.error(error));
  }

  private async come({ document }: Context): Promise<void> {
    if (document?.kind !== 'member') return;
    const held = await this.held.get(document.code);
    held?.classroom.come(document.member, 1);
    held?.board.later();
  }

  private async leave({ document }: Context): Promise<void> {
    if (document?.kind !== 'member') return;
    const held = await this.held.get(document.code);
    held?.classroom.come(document.member, -1);
    held?.board.later();
    if (held?.classroom.socketsOf(document.member) === 0) await held.hands.leave(document.member);
  }
}

/** Hands out what the plan says is to be shared. */
function share({ classroom, hands }: Held): void {
  const { plan, lessons } = classroom;
  hands.setPlan(plan, plan.work === 'many-hands' ? lessons.experiment(plan) : undefined);
}
