/**
 * One socket to a room with the documents that a member, or the teacher, may open. What is said while there is no connection
 * is said when there is one again; `isSent` is true when the server has all of it on its disk.
 */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import * as Y from 'yjs';
import {
  type Board,
  documentNames,
  ENTRIES,
  type MemberRow,
  type Plan,
  readBoard,
  type ReadBefore,
  readPlan,
  readResults,
} from './live.ts';
import type { MemberResult } from './result.ts';

export interface LiveOptions {
  /** address of the room's sockets, `ws://…/room` */
  url: string;
  code: string;
  token: string;
  /** the member's own token; the teacher has none */
  member?: string;
  lessons: readonly string[];
  /** where there is none of the browser's */
  WebSocket?: unknown;
}

/** `lost`: it tries again by itself. The others are final. */
export type Connection = 'connecting' | 'open' | 'lost' | 'removed' | 'full' | 'not-yours';

/** A connection that is lost is tried again after a second, then less often, but at least that often, ms. */
const FIRST_MS = 1_000;
const SELDOM_MS = 5_000;
/** It says that it is there so often; pages in the background may do so once a minute. */
const HEARTBEAT_MS = 20_000;
/** A server of which nothing was heard for so long is not there. */
const SILENCE_MS = 90_000;

type Value = string | number | boolean | null;

export class LiveClient {
  connection: Connection = 'connecting';
  private readonly socket: HocuspocusProviderWebsocket;
  private readonly providers: HocuspocusProvider[];
  private readonly documents = {
    plan: new Y.Doc(),
    board: new Y.Doc(),
    own: new Y.Doc(),
    results: new Y.Doc(),
  };
  private readonly heartbeat: ReturnType<typeof setInterval>;
  private readonly listeners = new Set<() => void>();
  /** what of it the server has on its disk: how many changes, by Yjs' client */
  private kept = new Map<number, number>();
  private readonly before: ReadBefore = new Map();
  private read: Partial<{ plan: Plan; board: Board; results: ReturnType<typeof readResults> }> = {};

  constructor(private readonly options: LiveOptions) {
    const { url, code, member } = options;
    this.socket = new HocuspocusProviderWebsocket({
      url,
      delay: FIRST_MS,
      minDelay: FIRST_MS,
      maxDelay: SELDOM_MS,
      messageReconnectTimeout: SILENCE_MS,
      ...(options.WebSocket !== undefined && { WebSocketPolyfill: options.WebSocket }),
      onStatus: ({ status }) => this.hear(status),
    });
    const { plan, board, own, results } = this.documents;
    this.providers = [
      this.provide(documentNames.plan(code), plan),
      this.provide(documentNames.board(code), board),
      member === undefined
        ? this.provide(documentNames.results(code), results)
        : this.provide(documentNames.member(code, member), own),
    ];
    this.heartbeat = setInterval(() => this.ask(), HEARTBEAT_MS);
    this.writable.on('update', () => this.ask());
    for (const document of Object.values(this.documents)) {
      document.on('update', () => {
        this.read = {};
        this.tell();
      });
    }
  }

  /** Of the documents the one that is written here. */
  private get writable(): Y.Doc {
    return this.options.member === undefined ? this.documents.plan : this.documents.own;
  }

  get code(): string {
    return this.options.code;
  }

  get plan(): Plan {
    return (this.read.plan ??= readPlan(this.entries('plan').entries(), this.options.lessons));
  }

  get board(): Board {
    // The teacher's own counts are newer than those that all are shown.
    const counts = this.entries('results').get('counts');
    return (this.read.board ??= readBoard(
      new Map([
        ...this.entries('board').entries(),
        ...(counts === undefined ? [] : [['counts', counts] as const]),
      ]),
    ));
  }

  /** Members and results, of the teacher. */
  get results(): { rows: MemberRow[]; results: MemberResult[] } {
    return (this.read.results ??= readResults(this.entries('results').entries(), this.before));
  }

  /** Everything that was shown at first is there. */
  get isReady(): boolean {
    return this.providers.every(({ synced }) => synced);
  }

  /** All that was said is on the server's disk: its own word, as the provider's count of answers goes wrong on reconnecting. */
  get isSent(): boolean {
    const own = Y.decodeStateVector(Y.encodeStateVector(this.writable));
    return this.isReady && [...own].every(([client, clock]) => (this.kept.get(client) ?? 0) >= clock);
  }

  /** The member says something of itself. */
  say(key: string, value: Value): void {
    put(this.documents.own, key, value);
  }

  /** What the member has said. */
  said(key: string): unknown {
    return this.entries('own').get(key);
  }

  /** The teacher sets something. */
  set(values: Readonly<Record<string, Value>>): void {
    this.documents.plan.transact(() => {
      for (const [key, value] of Object.entries(values)) put(this.documents.plan, key, value);
    });
  }

  /** Hears of every change. @returns what ends that */
  watch(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    clearInterval(this.heartbeat);
    for (const provider of this.providers) provider.destroy();
    this.socket.destroy();
    this.listeners.clear();
  }

  private provide(name: string, document: Y.Doc): HocuspocusProvider {
    const provider = new HocuspocusProvider({
      websocketProvider: this.socket,
      name,
      document,
      token: this.options.token,
      // Who is there is known by its socket.
      awareness: null,
      onAuthenticationFailed: ({ reason }) => this.end(reason),
      onClose: ({ event }) => {
        if (event.reason === 'removed') this.end('removed');
      },
      onSynced: () => {
        this.ask();
        this.tell();
      },
      onStateless: ({ payload }) => {
        this.kept = Y.decodeStateVector(Uint8Array.from(atob(payload), (sign) => sign.charCodeAt(0)));
        this.tell();
      },
    });
    provider.attach();
    return provider;
  }

  /** What the server has of the document that is written here. */
  private ask(): void {
    this.providers.find(({ document }) => document === this.writable)?.sendStateless('');
  }

  private hear(status: string): void {
    if (['removed', 'full', 'not-yours'].includes(this.connection)) return;
    const { connection } = this;
    if (status === 'connected') this.connection = 'open';
    else if (connection === 'open') this.connection = 'lost';
    if (connection !== this.connection) this.tell();
  }

  /** Not let in, or not any more: it is not tried again. */
  private end(reason: string): void {
    if (reason === 'too-many') return;
    this.connection = reason === 'removed' || reason === 'full' ? reason : 'not-yours';
    this.socket.disconnect();
    this.tell();
  }

  private entries(document: 'plan' | 'board' | 'own' | 'results'): Y.Map<unknown> {
    return this.documents[document].getMap(ENTRIES);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

function put(document: Y.Doc, key: string, value: Value): void {
  const map = document.getMap<Value>(ENTRIES);
  if (map.get(key) !== value) map.set(key, value);
}
