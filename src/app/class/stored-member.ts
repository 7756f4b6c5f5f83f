/** Who this browser is in a class, as it is kept: all that a lesson's page needs to know. */

const KEY = 'scaling-lab member';

export interface StoredMember {
  class: string;
  member: string;
  /** of a class that is held live */
  token?: string;
}

/** Where the browser keeps nothing: as long as the page. */
let last: StoredMember | undefined;

/** @returns nothing where this browser was never in a class */
export function storedMember(): StoredMember | undefined {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<
      Record<keyof StoredMember, unknown>
    > | null;
    const { class: name, member, token } = stored ?? {};
    return typeof name === 'string' && typeof member === 'string' && /^[\w-]{8,24}$/.test(member)
      ? { class: name, member, ...(typeof token === 'string' && { token }) }
      : last;
  } catch {
    return last;
  }
}

export function storeMember(stored: StoredMember): void {
  last = stored;
  try {
    localStorage.setItem(KEY, JSON.stringify(stored));
  } catch {
    // Private windows may refuse; a second result is then counted as another's.
  }
}
