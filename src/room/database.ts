/** The database of a room, by what `--store` says: a file, or a server. */
import { openSQLite } from './sqlite.ts';
import type { Database } from './store.ts';

/** @param where a path, or an address `postgres://…` */
export async function openDatabase(where: string): Promise<Database> {
  if (/^postgres(ql)?:\/\//.test(where)) {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(where);
  }
  return openSQLite(where);
}
