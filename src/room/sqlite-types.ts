/** Of `node:sqlite` what is used here. */

type Value = string | number | null | Uint8Array;

export interface StatementSync {
  run(...values: Value[]): unknown;
  get(...values: Value[]): unknown;
  all(...values: Value[]): unknown[];
}
export interface DatabaseSync {
  exec(sql: string): void;
  prepare(sql: string): StatementSync;
  close(): void;
}
