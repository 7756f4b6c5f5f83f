/** A room in PostgreSQL, for several servers at once. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { HANDS_TABLES, ServerHands } from './postgres-hands.ts';
import type { Appended, ClassHolder, Database, KeptClass, KeptUpdate } from './store.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS settings (name text PRIMARY KEY, value text NOT NULL);
  CREATE TABLE IF NOT EXISTS classes (
    code text PRIMARY KEY, begun bigint NOT NULL, used bigint NOT NULL, ended boolean NOT NULL
  );
  ALTER TABLE classes ADD COLUMN IF NOT EXISTS server text, ADD COLUMN IF NOT EXISTS address text,
    ADD COLUMN IF NOT EXISTS until bigint;
  CREATE TABLE IF NOT EXISTS updates (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, document text NOT NULL, data bytea NOT NULL
  );
  CREATE INDEX IF NOT EXISTS updates_document ON updates (document text_pattern_ops);
  ${HANDS_TABLES}
`;
/** What was added to them last. */
const HAS_TABLES = `
  SELECT FROM information_schema.columns
  WHERE table_schema = current_schema() AND table_name = 'classes' AND column_name = 'until'
`;
/** Two servers that begin at once make the tables one after the other. */
const LOCK = 1_397_703_234;
const CONNECTIONS = 4;
/** The database's clock, ms: those of several servers differ. */
const CLOCK = '(1000 * extract(epoch FROM clock_timestamp()))::bigint';

export async function openPostgres(address: string): Promise<Database> {
  const pool = new pg.Pool({ connectionString: address, max: CONNECTIONS });
  // A connection that breaks while it waits is replaced by the next question.
  pool.on('error', (error) => console.error(error.message));
  const renewing = new pg.Pool({ connectionString: address, max: 1 });
  renewing.on('error', (error) => console.error(error.message));
  const database = new ServerDatabase(pool, renewing);
  await database.together(async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    // To make what is there takes locks, too, in which a server that is writing would be caught.
    const { rowCount } = await client.query(HAS_TABLES);
    if (rowCount === 0) await client.query(TABLES);
  });
  return database;
}

class ServerDatabase implements Database {
  readonly hands: ServerHands;
  /** this server, until it ends */
  private readonly server = randomUUID();

  /** @param renewing a connection of its own: leases end while a hall waits for the others */
  constructor(
    private readonly pool: pg.Pool,
    private readonly renewing: pg.Pool,
  ) {
    this.hands = new ServerHands(pool);
  }

  async secret(proposed: string): Promise<string> {
    await this.pool.query(`INSERT INTO settings VALUES ('secret', $1) ON CONFLICT DO NOTHING`, [proposed]);
    const { rows } = await this.pool.query<{ value: string }>(
      `SELECT value FROM settings WHERE name = 'secret'`,
    );
    return rows[0]!.value;
  }

  async classes(): Promise<KeptClass[]> {
    const { rows } = await this.pool.query<Record<'code' | 'begun' | 'used', string> & { ended: boolean }>(
      'SELECT code, begun, used, ended FROM classes ORDER BY begun DESC',
    );
    return rows.map(({ code, begun, used, ended }) => ({
      code,
      begun: Number(begun),
      used: Number(used),
      ended,
    }));
  }

  async put({ code, begun, used, ended }: KeptClass): Promise<void> {
    await this.pool.query(
      `INSERT INTO classes VALUES ($1, $2, $3, $4)
       ON CONFLICT (code) DO UPDATE SET used = EXCLUDED.used, ended = EXCLUDED.ended`,
      [code, begun, used, ended],
    );
  }

  async append(updates: readonly Appended[], now: number): Promise<void> {
    await this.together(async (client) => {
      await client.query(
        'INSERT INTO updates (document, data) SELECT * FROM unnest($1::text[], $2::bytea[])',
        [updates.map(({ document }) => document), updates.map(({ update }) => Buffer.from(update))],
      );
      const codes = new Set(updates.map(({ document }) => document.split('/')[0]!));
      // Who takes the class over waits for this row, and then reads what was appended; who comes later is refused.
      const { rows } = await client.query<{ server: string | null }>(
        'UPDATE classes SET used = $1 WHERE code = ANY($2) RETURNING server',
        [now, [...codes]],
      );
      if (rows.some(({ server }) => server !== null && server !== this.server))
        throw new Error('another server holds the class');
    });
  }

  async load(document: string): Promise<KeptUpdate[]> {
    const { rows } = await this.pool.query<{ id: string; data: Buffer }>(
      'SELECT id, data FROM updates WHERE document = $1 ORDER BY id',
      [document],
    );
    return rows.map(({ id, data }) => ({ id: Number(id), data: new Uint8Array(data) }));
  }

  async replace(document: string, ids: readonly number[], update: Uint8Array): Promise<void> {
    await this.together(async (client) => {
      await client.query('DELETE FROM updates WHERE id = ANY($1)', [ids]);
      await client.query('INSERT INTO updates (document, data) VALUES ($1, $2)', [
        document,
        Buffer.from(update),
      ]);
    });
  }

  async documents(code: string): Promise<string[]> {
    const { rows } = await this.pool.query<{ document: string }>(
      'SELECT DISTINCT document FROM updates WHERE document LIKE $1',
      [`${code}/%`],
    );
    return rows.map(({ document }) => document);
  }

  async forget(since: number): Promise<number> {
    return this.together(async (client) => {
      const { rows } = await client.query<{ code: string }>(
        'DELETE FROM classes WHERE used < $1 RETURNING code',
        [since],
      );
      for (const { code } of rows) {
        await client.query('DELETE FROM updates WHERE document LIKE $1', [`${code}/%`]);
        for (const table of ['leases', 'results'])
          await client.query(`DELETE FROM ${table} WHERE code = $1`, [code]);
      }
      return rows.length;
    });
  }

  async claim(code: string, address: string, ms: number): Promise<ClassHolder | undefined> {
    for (;;) {
      // At its own address there was the same server, before it ended.
      const { rowCount } = await this.pool.query(
        `UPDATE classes SET server = $2, address = $3, until = ${CLOCK} + $4
         WHERE code = $1 AND (server IS NULL OR server = $2 OR address = $3 OR until <= ${CLOCK})`,
        [code, this.server, address, ms],
      );
      if (rowCount === 1) return { isHere: true, address };
      const { rows } = await this.pool.query<{ address: string | null }>(
        'SELECT address FROM classes WHERE code = $1',
        [code],
      );
      if (!rows[0]) return undefined;
      // Given back meanwhile, it is taken.
      if (rows[0].address !== null) return { isHere: false, address: rows[0].address };
    }
  }

  async renew(codes: readonly string[], ms: number): Promise<string[]> {
    const { rows } = await this.renewing.query<{ code: string }>(
      `UPDATE classes SET until = ${CLOCK} + $3 WHERE code = ANY($1) AND server = $2 RETURNING code`,
      [codes, this.server, ms],
    );
    return rows.map(({ code }) => code);
  }

  async release(): Promise<void> {
    await this.pool.query(
      'UPDATE classes SET server = NULL, address = NULL, until = NULL WHERE server = $1',
      [this.server],
    );
  }

  async now(): Promise<number> {
    const { rows } = await this.pool.query<{ now: string }>(`SELECT ${CLOCK} AS now`);
    return Number(rows[0]!.now);
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.end(), this.renewing.end()]);
  }

  /** All of it, or nothing. */
  async together<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const done = await work(client);
      await client.query('COMMIT');
      return done;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }
}
