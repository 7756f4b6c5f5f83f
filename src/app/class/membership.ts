/** Who this browser is in a class: a random token that says nothing of the person; another class, another token. */
import { newMember, seedOf } from '../../class/member.ts';
import { storedMember, storeMember } from './stored-member.ts';

export interface Membership {
  /** the word by which the class's link tells it from others; empty where there was no link */
  class: string;
  member: string;
  /** the seed of one's own */
  seed: number;
  /** of a class that is held live: what a member proves itself with */
  token?: string;
}

/** A live class has given this browser a place. */
export function keepPlace(place: { code: string; member: string; token: string }): void {
  const { code, member, token } = place;
  storeMember({ class: code, member, token });
}

/** @param name the class's word; where it is left out, the one that this browser is in, or none */
export function membership(name?: string): Membership {
  const stored = storedMember();
  if (stored && (name === undefined || stored.class === name))
    return { ...stored, seed: seedOf(stored.member) };
  return renew(name ?? '');
}

/** Somebody else sits down at this machine. */
export function renew(name = storedMember()?.class ?? ''): Membership {
  const member = newMember(crypto.getRandomValues(new Uint8Array(9)));
  storeMember({ class: name, member });
  return { class: name, member, seed: seedOf(member) };
}
