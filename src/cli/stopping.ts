/**
 * What ends a command before its end. The first signal has it keep what it has done and stop; the second ends it at
 * once. A kill without a warning loses what was trained since it was last kept.
 */

const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
type Name = keyof typeof CODES;

/** What a shell reports of a program that was interrupted. */
const INTERRUPTED = CODES.SIGINT;

interface Listening {
  controller: AbortController;
  code: number | undefined;
  hear: (name: Name) => void;
}

let listening: Listening | undefined;

/** How much training a kill may lose at most, ms. Campaigns that kill tiny runs set it lower. */
export function saveEveryMs(): number {
  return Number(process.env.SCALING_LAB_SAVE_EVERY_MS ?? 10_000);
}

/** Aborted at the first signal from now on. */
export function stopSignal(): AbortSignal {
  listening ??= listen();
  return listening.controller.signal;
}

/** The exit code of a command that stopped before its end. */
export function stopCode(): number {
  return listening?.code ?? INTERRUPTED;
}

/**
 * Signals do again what they do without a command.
 * @returns whether there was one
 */
export function ignoreStops(): boolean {
  if (!listening) return false;
  const { hear, code } = listening;
  for (const name of Object.keys(CODES) as Name[]) process.off(name, hear);
  listening = undefined;
  return code !== undefined;
}

function listen(): Listening {
  const own: Listening = {
    controller: new AbortController(),
    code: undefined,
    hear(name) {
      if (own.code !== undefined) process.exit(CODES[name]);
      own.code = CODES[name];
      console.error('Stopping: what is done is kept. Once more ends it at once.');
      own.controller.abort();
    },
  };
  for (const name of Object.keys(CODES) as Name[]) process.on(name, own.hear);
  return own;
}
