/**
 * Who may open which document. A token says for itself whose it is: it is signed with the secret of the store, so that any
 * server of one store knows it, before and after a crash.
 */
import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { CODE_LENGTH, CODE_SIGNS } from '../class/live.ts';
import { newMember } from '../class/member.ts';

export type Role = { role: 'teacher' } | { role: 'member'; member: string };
/** What a document is. */
export type DocumentName = { code: string } & (
  { kind: 'plan' | 'board' | 'results' } | { kind: 'member'; member: string }
);

export const newSecret = (): string => randomBytes(32).toString('base64url');
export const newCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_SIGNS[randomInt(CODE_SIGNS.length)]).join('');

const sign = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url').slice(0, 32);

export const teacherToken = (secret: string, code: string): string => `t.${sign(secret, `teacher ${code}`)}`;
export const memberToken = (secret: string, code: string, member: string): string =>
  `m.${member}.${sign(secret, `member ${code} ${member}`)}`;

/** A new member of a class, and what it proves itself with. */
export function newMembership(secret: string, code: string): { member: string; token: string } {
  const member = newMember(randomBytes(9));
  return { member, token: memberToken(secret, code, member) };
}

/** Whose a token is; nothing where it was not signed here for this class. */
export function roleOf(secret: string, code: string, token: string): Role | undefined {
  if (token.length > 100) return undefined;
  const [, member] = /^m\.([\w-]{8,24})\.[\w-]{32}$/.exec(token) ?? [];
  if (member !== undefined) {
    return equal(token, memberToken(secret, code, member)) ? { role: 'member', member } : undefined;
  }
  return equal(token, teacherToken(secret, code)) ? { role: 'teacher' } : undefined;
}

function equal(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

const NAME = new RegExp(`^([${CODE_SIGNS}]{${CODE_LENGTH}})/(?:(plan|board|results)|member/([\\w-]{8,24}))$`);

export function readName(name: string): DocumentName | undefined {
  const [, code, kind, member] = (name.length <= 64 ? NAME.exec(name) : undefined) ?? [];
  if (code === undefined) return undefined;
  return member === undefined ? { code, kind: kind as 'plan' } : { code, kind: 'member', member };
}

/** Whether somebody may read a document, or write it, too. */
export function accessOf(who: Role, document: DocumentName): 'write' | 'read' | undefined {
  if (document.kind === 'member') {
    return who.role === 'member' && who.member === document.member ? 'write' : undefined;
  }
  if (who.role === 'teacher') return document.kind === 'plan' ? 'write' : 'read';
  return document.kind === 'results' ? undefined : 'read';
}
