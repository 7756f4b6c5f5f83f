/** `class`: one port serves the lab and a room in which a class meets. */
import { networkInterfaces } from 'node:os';
import encodeQR from 'qr';
import { shownCode } from '../../class/live.ts';
import { newSecret, teacherToken } from '../../room/access.ts';
import { MOST_MEMBERS } from '../../room/limits.ts';
import { openDatabase } from '../../room/database.ts';
import { Room } from '../../room/room.ts';
import { RoomServer, type ServerOptions } from '../../room/server.ts';
import { type KeptClass, Store } from '../../room/store.ts';
import { readArguments, UsageError, wholeNumber } from '../arguments.ts';
import { readText } from '../files/read.ts';
import { siteOf } from '../site.ts';
import { stopSignal } from '../stopping.ts';
import { lessons } from './lessons.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A class that was used so long ago goes on when the server starts again; an older one does not. */
const GOES_ON_MS = 12 * HOUR_MS;
const KEEP_DAYS = 30;

export async function classCommand(argv: string[]): Promise<number> {
  const options = {
    port: { type: 'string' },
    host: { type: 'string' },
    public: { type: 'string' },
    peer: { type: 'string' },
    cert: { type: 'string' },
    key: { type: 'string' },
    store: { type: 'string' },
    keep: { type: 'string' },
    'max-members': { type: 'string' },
    site: { type: 'string' },
    new: { type: 'boolean' },
  } as const;
  const { values } = readArguments(argv, options);
  const number = (
    name: 'port' | 'keep' | 'max-members',
    usual: number,
    least: number,
    most: number,
  ): number => (values[name] === undefined ? usual : wholeNumber(name, values[name], least, most));
  const tls = tlsOf(values.cert, values.key);
  const port = number('port', tls ? 8443 : 8080, 0, 65_535);
  const keep = number('keep', KEEP_DAYS, 1, 3_650);
  const mostMembers = number('max-members', MOST_MEMBERS, 1, 10_000);
  const publicUrl = urlOf('public', values.public);
  const peer = urlOf('peer', values.peer);
  const site = siteOf(values.site);

  const store = new Store(await openDatabase(values.store ?? 'class.sqlite'));
  const secret = await store.secret(newSecret());
  const room = new Room({ store, secret, lessons, mostMembers });
  const server = new RoomServer({
    room,
    secret,
    site,
    mostMembers,
    ...(tls && { tls }),
    ...(publicUrl && { publicHost: publicUrl.host, isBehindProxy: true }),
  });
  const forget = (): Promise<number> => store.forget(Date.now() - keep * DAY_MS);
  await forget();
  const kept = await latest(store, room, values.new ?? false);
  const listening = await server.listen(port, values.host);
  const forgetting = setInterval(
    () => void forget().catch((error: unknown) => console.error(error)),
    HOUR_MS,
  );
  const own = `http${tls ? 's' : ''}://${isAll(values.host) ? ownAddress() : values.host}:${listening}/`;
  room.owners.address = peer?.href ?? own;
  console.log(
    describe(publicUrl?.href ?? own, `http${tls ? 's' : ''}://localhost:${listening}/`, kept, secret),
  );

  const signal = stopSignal();
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  clearInterval(forgetting);
  await server.close();
  await store.close();
  return 0;
}

/** The class that was there before the server was stopped, or a new one. */
async function latest(store: Store, room: Room, isNew: boolean): Promise<KeptClass> {
  const [last] = await store.classes();
  const goesOn = !isNew && last && !last.ended && Date.now() - last.used < GOES_ON_MS;
  return goesOn ? last : room.begin();
}

function tlsOf(cert: string | undefined, key: string | undefined): ServerOptions['tls'] {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) throw new UsageError('--cert, --key: one needs the other');
  const read = (name: string, path: string): string => {
    const text = readText(path);
    if (text === undefined) throw new UsageError(`--${name}: "${path}" cannot be read`);
    return text;
  };
  return { cert: read('cert', cert), key: read('key', key) };
}

function urlOf(name: 'public' | 'peer', text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`--${name}: must be an address such as https://lab.example/, not "${text}"`);
  }
  url.hash = url.search = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/** It listens on all addresses of the machine. */
const isAll = (host: string | undefined): boolean => host === undefined || ['0.0.0.0', '::'].includes(host);

/** Under which others on the network find this machine. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? 'localhost';
}

function describe(open: string, here: string, { code }: KeptClass, secret: string): string {
  const link = `${open}c/${code}`;
  const key = teacherToken(secret, code);
  const isSecure = open.startsWith('https:') || new URL(open).hostname === 'localhost';
  return [
    `Class ${shownCode(code)}`,
    '',
    encodeQR(link, 'ascii', { ecc: 'low', border: 2 }),
    `Learners open   ${link}`,
    `You open        ${here}#/projector?code=${code}&key=${key}`,
    ...(new URL(open).host === new URL(here).host
      ? []
      : [`or, elsewhere   ${open}#/projector?code=${code}&key=${key}`]),
    '',
    'The second link is for whoever leads the class: it is not to be shown.',
    ...(isSecure
      ? []
      : [
          'Over http:// browsers offer no WebGPU to other machines: they train on their processors. --cert and --key, or',
          'a tunnel with https and --public, bring their graphics (docs/class.md).',
        ]),
  ].join('\n');
}
