/** The command line: `npm run lab -- COMMAND …` from the sources, `scaling-lab COMMAND …` from the package. */
import { version } from '../../package.json';
import { SchemaError } from '../schema.ts';
import { UsageError } from './arguments.ts';
import { bench, BENCH_USAGE } from './bench/command.ts';
import { CLASS_USAGE, JOIN_USAGE } from './room/usage.ts';
import { device, DEVICE_COMMAND_USAGE } from './device.ts';
import { fit, FIT_USAGE } from './fit.ts';
import { clearLeftovers } from './files/leftovers.ts';
import { type CommandName, HELP, helpOf } from './help.ts';
import { lesson, LESSON_USAGE } from './lesson.ts';
import { record, RECORD_USAGE } from './record.ts';
import { open, OPEN_USAGE } from './open.ts';
import { report, REPORT_USAGE } from './report/command.ts';
import { run, RUN_USAGE } from './run.ts';
import { score, SCORE_USAGE } from './score.ts';
import { ignoreStops } from './stopping.ts';
import { verdicts, VERDICTS_USAGE } from './verdicts.ts';
import { merge, MERGE_USAGE, sweep, SWEEP_USAGE } from './sweep.ts';
import { trace, TRACE_USAGE } from './trace.ts';

/** Of each command, how it is called, and what it does. */
export const COMMANDS: Readonly<
  Record<CommandName, { usage: string; command: (argv: string[]) => Promise<number> }>
> = {
  run: { usage: RUN_USAGE, command: run },
  score: { usage: SCORE_USAGE, command: score },
  sweep: { usage: SWEEP_USAGE, command: sweep },
  merge: { usage: MERGE_USAGE, command: merge },
  lesson: { usage: LESSON_USAGE, command: lesson },
  verdicts: { usage: VERDICTS_USAGE, command: verdicts },
  report: { usage: REPORT_USAGE, command: report },
  open: { usage: OPEN_USAGE, command: open },
  record: { usage: RECORD_USAGE, command: record },
  trace: { usage: TRACE_USAGE, command: trace },
  bench: { usage: BENCH_USAGE, command: bench },
  device: { usage: DEVICE_COMMAND_USAGE, command: device },
  fit: { usage: FIT_USAGE, command: fit },
  // Loaded when it is asked for: no other command needs a server.
  class: {
    usage: CLASS_USAGE,
    command: async (argv) => (await import('./room/class.ts')).classCommand(argv),
  },
  join: {
    usage: JOIN_USAGE,
    command: async (argv) => (await import('./room/join.ts')).joinCommand(argv),
  },
};

/** How it is called: the package has no TypeScript. */
const CALL = import.meta.filename.endsWith('.ts') ? 'npm run lab --' : 'scaling-lab';

/** @returns the exit code: 0 done, 1 failed, 2 wrong arguments, 128 and the signal's number when one stopped it */
export async function main(argv: string[]): Promise<number> {
  const [name = 'help', ...rest] = argv;
  if (['help', '--help', '-h'].includes(name)) {
    console.log(usage());
    return 0;
  }
  if (['version', '--version', '-v'].includes(name)) {
    console.log(version);
    return 0;
  }
  if (!isCommand(name)) {
    console.error(`There is no command "${name}".\n${usage()}`);
    return 2;
  }
  const found = COMMANDS[name];
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(helpOf(name, CALL, found.usage));
    return 0;
  }
  // Whoever reads what is printed may leave; the work goes on, and is kept. What could not be printed is a failure.
  let unprinted: Error | undefined;
  const listen = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') unprinted ??= error;
  };
  for (const stream of [process.stdout, process.stderr]) stream.on('error', listen);
  try {
    const code = await found.command(rest);
    // Errors of writing are told a moment later.
    await new Promise((resolve) => process.stdout.write('', resolve));
    await new Promise(setImmediate);
    if (unprinted === undefined) return code;
    console.error(`What was printed did not arrive: ${unprinted.message}`);
    return code || 1;
  } catch (error) {
    if (error instanceof UsageError || error instanceof SchemaError) {
      console.error(error.message);
      if (error instanceof UsageError) {
        console.error(`${CALL} ${found.usage}\n${CALL} ${name} --help says more.`);
      }
      return 2;
    }
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    const wasStopped = ignoreStops();
    await clearLeftovers({ waits: !wasStopped });
  }
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name);

function usage(): string {
  const lines = Object.entries(HELP).map(([name, { does }]) => `  ${name.padEnd(10)}${does}`);
  return [
    `Scaling Lab ${version}: train tiny models on this machine.`,
    '',
    ...lines,
    '',
    `${CALL} COMMAND --help says what each takes, with defaults and examples.`,
  ].join('\n');
}
