/** The live class of this page: one connection, whatever page of the lab is shown. */
import { join } from '../../../class/join.ts';
import { LiveClient } from '../../../class/live-client.ts';
import { EXPERIMENT_NAMES } from '../../../lessons/path.ts';
import { SITE_FOLDER } from '../../../loading.ts';
import { keepPlace, membership, renew } from '../membership.ts';
import { loadUnsent, saveUnsent } from './unsent.ts';

const address = (path: string): URL => new URL(path, SITE_FOLDER);

function sockets(): string {
  const url = address('room');
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

let seated: { code: string; token: string } | undefined;

/** By what this page proves itself: a member of a class, or whoever leads it. */
export function seat(): { code: string; token: string } {
  if (!seated) throw new Error('This page is in no class.');
  return seated;
}

let current: { client: LiveClient; member: string } | undefined;

/** The connection of a member of a live class; nothing where this browser is in none. */
export function liveClass(): LiveClient | undefined {
  const { class: code, member, token } = membership();
  if (token === undefined) return undefined;
  if (current?.member === member && current.client.code === code) return current.client;
  close();
  seated = { code, token };
  const client = new LiveClient({ url: sockets(), code, member, token, lessons: EXPERIMENT_NAMES });
  current = { client, member };
  resend(client);
  return client;
}

/** A place in a class: the one that this browser has, or a new one. @throws JoinError */
export async function enter(code: string): Promise<LiveClient> {
  const { class: before, token } = membership();
  if (before !== code || token === undefined) keepPlace(await join(address('room/join'), code));
  return liveClass()!;
}

/** Says something of this member, and keeps it until the server has it. */
export function tell(key: string, value: string | boolean): void {
  const client = liveClass();
  if (!client || client.said(key) === value) return;
  saveUnsent(client.code, { ...loadUnsent(client.code), [key]: value });
  client.say(key, value);
}

/** This browser is in no class any more. */
export function leave(): void {
  close();
  renew('');
}

function close(): void {
  current?.client.close();
  current = undefined;
}

/** What an earlier visit said and was not told is sent, is said again. */
function resend(client: LiveClient): void {
  let isSaid = false;
  client.watch(() => {
    if (client.isReady && !isSaid) {
      isSaid = true;
      for (const [key, value] of Object.entries(loadUnsent(client.code))) client.say(key, value);
    } else if (client.isSent && isSaid) saveUnsent(client.code, {});
  });
}

/** The connection of whoever leads a class. */
export function lead(code: string, token: string): LiveClient {
  seated = { code, token };
  return new LiveClient({ url: sockets(), code, token, lessons: EXPERIMENT_NAMES });
}

/** The address by which learners come in, as it is told and drawn. */
export const inviting = (code: string): string => address(`c/${code}`).href;
