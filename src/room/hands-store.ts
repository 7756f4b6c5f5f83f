/** What a database keeps of many hands: who holds which cell until when, and results by their run. */

export interface Lease {
  code: string;
  cell: string;
  holder: string;
  /** ms since 1970 */
  until: number;
  /** how far it is, 0 … 1 */
  share: number;
}

export interface GivenResult {
  code: string;
  run: string;
  member: string;
  device: string;
  digest: string;
  /** ms since 1970 */
  at: number;
}

export interface HandsStore {
  /**
   * Takes a cell, or keeps it: one step, so that of two servers one gives it away.
   * @returns whether it is the holder's now
   */
  hold(lease: Lease, now: number): Promise<boolean>;
  /** those that have not ended */
  leases(code: string, now: number): Promise<Lease[]>;
  /** ends the leases of a member at that time at the latest; of one cell, or of all */
  shorten(code: string, holder: string, until: number, cell?: string): Promise<void>;
  /** Only the first of a run is kept whole. A member's second of one run changes nothing. */
  add(given: GivenResult, data: Uint8Array): Promise<void>;
  /** the earliest first; `whole` where its data are there */
  given(code: string): Promise<(GivenResult & { whole: boolean })[]>;
  data(code: string, run: string): Promise<Uint8Array | undefined>;
  /** what a member has given and holds is gone */
  forgetMember(code: string, member: string): Promise<void>;
}
