/** A room in one file: SQLite, Node's own where it has one, else a prebuilt one with the same interface. */
import { FileHands, HANDS_TABLES } from './sqlite-hands.ts';
import type { DatabaseSync, StatementSync } from './sqlite-types.ts';
import type { Appended, ClassHolder, Database, KeptClass, KeptUpdate } from './store.ts';

type SQLite = new (path: string) => DatabaseSync;

/** @throws Error that says what is missing */
async function sqlite(): Promise<SQLite> {
  const own = process.getBuiltinModule('node:sqlite' as 'node:fs') as unknown as
    { DatabaseSync: SQLite } | undefined;
  if (own) return own.DatabaseSync;
  try {
    return (await import('@photostructure/sqlite')).DatabaseSync;
  } catch {
    throw new Error(
      'There is no SQLite: take Node 22.13 or later, or install "@photostructure/sqlite", or name a server with --store postgres://…',
    );
  }
}

const TABLES = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA busy_timeout = 5000;
  PRAGMA secure_delete = ON;
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS classes (
    code TEXT PRIMARY KEY, begun INTEGER NOT NULL, used INTEGER NOT NULL, ended INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS updates (id INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL, data BLOB NOT NULL);
  CREATE INDEX IF NOT EXISTS updates_document ON updates (document);
  ${HANDS_TABLES}
`;

/** @param path of the file; `:memory:` keeps nothing */
export async function openSQLite(path: string): Promise<Database> {
  const Open = await sqlite();
  const database = new Open(path);
  database.exec(TABLES);
  return new FileDatabase(database);
}

const inFolder = (code: string): [string, string] => [`${code}/`, `${code}0`];

/** What SQLite does is done when it returns; promises are what the store waits for elsewhere. */
class FileDatabase implements Database {
  readonly hands: FileHands;
  private readonly insert: StatementSync;
  private readonly use: StatementSync;

  constructor(private readonly database: DatabaseSync) {
    this.hands = new FileHands(database);
    this.insert = database.prepare('INSERT INTO updates (document, data) VALUES (?, ?)');
    this.use = database.prepare('UPDATE classes SET used = ? WHERE code = ?');
  }

  secret(proposed: string): Promise<string> {
    this.database.prepare(`INSERT OR IGNORE INTO settings VALUES ('secret', ?)`).run(proposed);
    const row = this.database.prepare(`SELECT value FROM settings WHERE name = 'secret'`).get();
    return Promise.resolve((row as { value: string }).value);
  }

  classes(): Promise<KeptClass[]> {
    const rows = this.database
      .prepare('SELECT code, begun, used, ended FROM classes ORDER BY begun DESC')
      .all();
    return Promise.resolve(
      (rows as { code: string; begun: number; used: number; ended: number }[]).map((row) => ({
        ...row,
        ended: row.ended !== 0,
      })),
    );
  }

  put({ code, begun, used, ended }: KeptClass): Promise<void> {
    this.database
      .prepare('INSERT OR REPLACE INTO classes VALUES (?, ?, ?, ?)')
      .run(code, begun, used, ended ? 1 : 0);
    return Promise.resolve();
  }

  append(updates: readonly Appended[], now: number): Promise<void> {
    this.together(() => {
      for (const { document, update } of updates) this.insert.run(document, update);
      for (const code of new Set(updates.map(({ document }) => document.split('/')[0]!)))
        this.use.run(now, code);
    });
    return Promise.resolve();
  }

  load(document: string): Promise<KeptUpdate[]> {
    const rows = this.database
      .prepare('SELECT id, data FROM updates WHERE document = ? ORDER BY id')
      .all(document);
    return Promise.resolve(rows as unknown as KeptUpdate[]);
  }

  replace(document: string, ids: readonly number[], update: Uint8Array): Promise<void> {
    const remove = this.database.prepare('DELETE FROM updates WHERE id = ?');
    this.together(() => {
      for (const id of ids) remove.run(id);
      this.insert.run(document, update);
    });
    return Promise.resolve();
  }

  documents(code: string): Promise<string[]> {
    const rows = this.database
      .prepare('SELECT DISTINCT document FROM updates WHERE document >= ? AND document < ?')
      .all(...inFolder(code));
    return Promise.resolve((rows as { document: string }[]).map(({ document }) => document));
  }

  forget(since: number): Promise<number> {
    const rows = this.database.prepare('SELECT code FROM classes WHERE used < ?').all(since);
    const codes = (rows as { code: string }[]).map(({ code }) => code);
    this.together(() => {
      for (const code of codes) {
        this.database
          .prepare('DELETE FROM updates WHERE document >= ? AND document < ?')
          .run(...inFolder(code));
        for (const table of ['classes', 'leases', 'results'])
          this.database.prepare(`DELETE FROM ${table} WHERE code = ?`).run(code);
      }
    });
    return Promise.resolve(codes.length);
  }

  /** A file has one server. */
  claim(code: string, address: string): Promise<ClassHolder | undefined> {
    const row = this.database.prepare('SELECT code FROM classes WHERE code = ?').get(code);
    return Promise.resolve(row === undefined ? undefined : { isHere: true, address });
  }

  renew(codes: readonly string[]): Promise<string[]> {
    return Promise.resolve([...codes]);
  }

  release(): Promise<void> {
    return Promise.resolve();
  }

  now(): Promise<number> {
    return Promise.resolve(Date.now());
  }

  close(): Promise<void> {
    this.database.close();
    return Promise.resolve();
  }

  private together(work: () => void): void {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.database.exec('COMMIT');
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    }
  }
}
