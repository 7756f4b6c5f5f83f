/** Many hands in PostgreSQL. */
import type pg from 'pg';
import type { GivenResult, HandsStore, Lease } from './hands-store.ts';

export const HANDS_TABLES = `
  CREATE TABLE IF NOT EXISTS leases (
    code text, cell text, holder text NOT NULL, until bigint NOT NULL, share real NOT NULL, PRIMARY KEY (code, cell)
  );
  CREATE TABLE IF NOT EXISTS results (
    code text, run text, member text, device text NOT NULL, digest text NOT NULL, at bigint NOT NULL, data bytea,
    PRIMARY KEY (code, run, member)
  );
`;

export class ServerHands implements HandsStore {
  constructor(private readonly pool: pg.Pool) {}

  async hold({ code, cell, holder, until, share }: Lease, now: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `INSERT INTO leases VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (code, cell) DO UPDATE SET holder = EXCLUDED.holder, until = EXCLUDED.until, share = EXCLUDED.share
       WHERE leases.holder = EXCLUDED.holder OR leases.until <= $6`,
      [code, cell, holder, until, share, now],
    );
    return rowCount === 1;
  }

  async leases(code: string, now: number): Promise<Lease[]> {
    const { rows } = await this.pool.query<Omit<Lease, 'until'> & { until: string }>(
      'SELECT * FROM leases WHERE code = $1 AND until > $2',
      [code, now],
    );
    return rows.map((row) => ({ ...row, until: Number(row.until) }));
  }

  async shorten(code: string, holder: string, until: number, cell?: string): Promise<void> {
    await this.pool.query(
      `UPDATE leases SET until = LEAST(until, $1)
       WHERE code = $2 AND holder = $3 AND ($4::text IS NULL OR cell = $4)`,
      [until, code, holder, cell ?? null],
    );
  }

  async add({ code, run, member, device, digest, at }: GivenResult, data: Uint8Array): Promise<void> {
    await this.pool.query(
      `INSERT INTO results SELECT $1::text, $2::text, $3::text, $4::text, $5::text, $6::bigint,
         CASE WHEN EXISTS (SELECT 1 FROM results WHERE code = $1 AND run = $2 AND data IS NOT NULL) THEN NULL ELSE $7::bytea END
       ON CONFLICT (code, run, member) DO UPDATE
         SET digest = EXCLUDED.digest, device = EXCLUDED.device, data = EXCLUDED.data
       WHERE EXCLUDED.data IS NOT NULL`,
      [code, run, member, device, digest, at, Buffer.from(data)],
    );
  }

  async given(code: string): Promise<(GivenResult & { whole: boolean })[]> {
    const { rows } = await this.pool.query<Omit<GivenResult, 'at'> & { at: string; whole: boolean }>(
      `SELECT code, run, member, device, digest, at, data IS NOT NULL AS whole
       FROM results WHERE code = $1 ORDER BY at, member`,
      [code],
    );
    return rows.map((row) => ({ ...row, at: Number(row.at) }));
  }

  async data(code: string, run: string): Promise<Uint8Array | undefined> {
    const { rows } = await this.pool.query<{ data: Buffer }>(
      'SELECT data FROM results WHERE code = $1 AND run = $2 AND data IS NOT NULL ORDER BY at, member LIMIT 1',
      [code, run],
    );
    return rows[0] && new Uint8Array(rows[0].data);
  }

  async forgetMember(code: string, member: string): Promise<void> {
    await this.pool.query('DELETE FROM results WHERE code = $1 AND member = $2', [code, member]);
    await this.pool.query('DELETE FROM leases WHERE code = $1 AND holder = $2', [code, member]);
  }
}
