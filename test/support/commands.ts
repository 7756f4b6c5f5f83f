/** The command line as the package has it, and rooms that it opens: built before the first test of a file, which may take long. */
import { beforeAll } from 'vitest';
import { BUILDING_MS } from './built.ts';
import type { startRoom } from './room-server.ts';

export interface Commands {
  /** path of the program */
  readonly lab: string;
  readonly startRoom: typeof startRoom;
}

/** There from the first test on. */
export function useCommands(): Commands {
  const commands = {} as Commands;
  beforeAll(async () => {
    const [{ LAB: lab }, { startRoom }] = await Promise.all([import('./lab.ts'), import('./room-server.ts')]);
    Object.assign(commands, { lab, startRoom });
  }, BUILDING_MS);
  return commands;
}
