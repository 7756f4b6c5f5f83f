/** Many hands in a file. */
import type { GivenResult, HandsStore, Lease } from './hands-store.ts';
import type { DatabaseSync } from './sqlite-types.ts';

export const HANDS_TABLES = `
  CREATE TABLE IF NOT EXISTS leases (
    code TEXT, cell TEXT, holder TEXT NOT NULL, until INTEGER NOT NULL, share REAL NOT NULL, PRIMARY KEY (code, cell)
  );
  CREATE TABLE IF NOT EXISTS results (
    code TEXT, run TEXT, member TEXT, device TEXT NOT NULL, digest TEXT NOT NULL, at INTEGER NOT NULL, data BLOB,
    PRIMARY KEY (code, run, member)
  );
`;

export class FileHands implements HandsStore {
  constructor(private readonly database: DatabaseSync) {}

  hold({ code, cell, holder, until, share }: Lease, now: number): Promise<boolean> {
    const row = this.database
      .prepare(
        `INSERT INTO leases VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (code, cell) DO UPDATE SET holder = excluded.holder, until = excluded.until, share = excluded.share
         WHERE leases.holder = excluded.holder OR leases.until <= ? RETURNING cell`,
      )
      .get(code, cell, holder, until, share, now);
    return Promise.resolve(row !== undefined);
  }

  leases(code: string, now: number): Promise<Lease[]> {
    const rows = this.database.prepare('SELECT * FROM leases WHERE code = ? AND until > ?').all(code, now);
    return Promise.resolve(rows as Lease[]);
  }

  shorten(code: string, holder: string, until: number, cell?: string): Promise<void> {
    this.database
      .prepare(
        'UPDATE leases SET until = min(until, ?) WHERE code = ? AND holder = ? AND (cell = ? OR ? IS NULL)',
      )
      .run(until, code, holder, cell ?? null, cell ?? null);
    return Promise.resolve();
  }

  add({ code, run, member, device, digest, at }: GivenResult, data: Uint8Array): Promise<void> {
    this.database
      .prepare(
        `INSERT INTO results SELECT ?1, ?2, ?3, ?4, ?5, ?6,
           CASE WHEN EXISTS (SELECT 1 FROM results WHERE code = ?1 AND run = ?2 AND data IS NOT NULL) THEN NULL ELSE ?7 END
         WHERE true
         ON CONFLICT (code, run, member) DO UPDATE SET digest = excluded.digest, device = excluded.device, data = excluded.data
         WHERE excluded.data IS NOT NULL`,
      )
      .run(code, run, member, device, digest, at, data);
    return Promise.resolve();
  }

  given(code: string): Promise<(GivenResult & { whole: boolean })[]> {
    const rows = this.database
      .prepare(
        'SELECT code, run, member, device, digest, at, data IS NOT NULL AS whole FROM results WHERE code = ? ORDER BY at, member',
      )
      .all(code);
    return Promise.resolve(
      (rows as (GivenResult & { whole: number })[]).map((row) => ({ ...row, whole: row.whole !== 0 })),
    );
  }

  data(code: string, run: string): Promise<Uint8Array | undefined> {
    const row = this.database
      .prepare(
        'SELECT data FROM results WHERE code = ? AND run = ? AND data IS NOT NULL ORDER BY at, member LIMIT 1',
      )
      .get(code, run);
    return Promise.resolve((row as { data: Uint8Array } | undefined)?.data);
  }

  forgetMember(code: string, member: string): Promise<void> {
    this.database.prepare('DELETE FROM results WHERE code = ? AND member = ?').run(code, member);
    this.database.prepare('DELETE FROM leases WHERE code = ? AND holder = ?').run(code, member);
    return Promise.resolve();
  }
}
