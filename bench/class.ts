/**
 * Classes on this machine, over loopback: thirty beside bare Hocuspocus, a lecture hall on one server, and two servers of which one is
 * killed. `npm run bench:class -- [thirty|hall|servers] [--members N]`. Sockets go to this machine alone, and all of it ends by itself.
 */
import { parseArgs } from 'node:util';
import { besideBare } from './class/bare.ts';
import { hall } from './class/hall.ts';
import { beMembers } from './class/members.ts';
import { buildCommand } from './class/server.ts';

const PARTS = ['thirty', 'hall', 'servers'];

export async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    options: { members: { type: 'string' } },
    allowPositionals: true,
  });
  const [part, count, address, code] = positionals;
  if (part === 'members') {
    await beMembers(Number(count), address!, code!);
    return 0;
  }
  if (part !== undefined && !PARTS.includes(part)) throw new Error(`one of ${PARTS.join(', ')}`);
  const of = (usual: number): number => Number(values.members ?? usual);
  const isAsked = (name: string): boolean => part === undefined || part === name;
  if (isAsked('thirty')) await besideBare(of(30));
  if (isAsked('hall') || isAsked('servers')) await buildCommand();
  if (isAsked('hall')) await hall(of(1_000), 1);
  if (isAsked('servers')) await hall(of(2_000), 2);
  return 0;
}
