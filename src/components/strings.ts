/** Texts of bars and charts. */
import { msg, str } from '../msg.ts';
import { whole } from './format.ts';

export const strings = {
  get run(): string {
    return msg('Run', { id: 'c.run' });
  },
  get pause(): string {
    return msg('Pause', { id: 'c.pause' });
  },
  get goOn(): string {
    return msg('Go on', { id: 'c.go-on' });
  },
  get again(): string {
    return msg('Run again', { id: 'c.again' });
  },
  get restart(): string {
    return msg('Restart with changes', { id: 'c.restart' });
  },
  get step(): string {
    return msg('Step', { id: 'c.step' });
  },
  get stepHelp(): string {
    return msg('Train one step', { id: 'c.step-help' });
  },
  get reset(): string {
    return msg('Reset', { id: 'c.reset' });
  },
  get resetHelp(): string {
    return msg('Back to step 0: the same seed, the same weights', { id: 'c.reset-help' });
  },
  get progress(): string {
    return msg('Training progress', { id: 'c.progress' });
  },
  get opening(): string {
    return msg('Starting…', { id: 'c.opening' });
  },
  building: (done: number, total: number): string =>
    msg(str`Building pipeline ${done} of ${total}`, { id: 'c.building' }),
  atStep: (step: string, steps: string): string => msg(str`step ${step} of ${steps}`, { id: 'c.at-step' }),
  estimate: (time: string): string => msg(str`${time} expected here`, { id: 'c.estimate' }),
  left: (time: string): string => msg(str`${time} left`, { id: 'c.left' }),
  get finished(): string {
    return msg('finished', { id: 'c.finished' });
  },
  get paused(): string {
    return msg('paused', { id: 'c.paused' });
  },
  get diverged(): string {
    return msg('stopped: the loss is no longer a number', { id: 'c.diverged' });
  },
  get failed(): string {
    return msg('failed', { id: 'c.failed' });
  },
  replicaDiverged: (replica: string, step: string): string =>
    msg(str`replica ${replica} at step ${step}`, { id: 'c.replica-diverged' }),
  divergedAt: (step: string): string => msg(str`diverged at step ${step}`, { id: 'c.diverged-at' }),
  allDiverged: (count: string, replicas: string, names: string): string =>
    msg(str`${count} of ${replicas} replicas diverged (${names})`, { id: 'c.all-diverged' }),
  replicasDiverged: (count: string, replicas: string, names: string): string =>
    msg(str`${count} of ${replicas} replicas diverged (${names}); numbers are of the others`, {
      id: 'c.replicas-diverged',
    }),
  get stepsPerSecond(): string {
    return msg('steps/s', { id: 'c.steps-per-second' });
  },
  get tokensPerSecond(): string {
    return msg('tokens/s', { id: 'c.tokens-per-second' });
  },
  get examplesPerSecond(): string {
    return msg('points/s', { id: 'c.examples-per-second' });
  },
  get gflops(): string {
    return msg('GFLOP/s', { id: 'c.gflops' });
  },
  atPosition: (step: number): string => msg(str`step ${whole(step)}`, { id: 'c.at-position' }),
  chartCursor: (label: string): string =>
    msg(str`${label}. Arrow keys move along the measured points.`, { id: 'c.chart-cursor' }),
  get horizontal(): string {
    return msg('Horizontal axis', { id: 'c.horizontal' });
  },
  get logX(): string {
    return msg('log x', { id: 'c.log-x' });
  },
  get logY(): string {
    return msg('log y', { id: 'c.log-y' });
  },
  get logXHelp(): string {
    return msg('Logarithmic horizontal axis', { id: 'c.log-x-help' });
  },
  get logYHelp(): string {
    return msg('Logarithmic vertical axis', { id: 'c.log-y-help' });
  },
  get smooth(): string {
    return msg('smooth', { id: 'c.smooth' });
  },
  get smoothHelp(): string {
    return msg('Average over neighbouring points; the raw ones stay behind, and are what is read', {
      id: 'c.smooth-help',
    });
  },
  get png(): string {
    return msg('PNG', { id: 'c.png' });
  },
  get csv(): string {
    return msg('CSV', { id: 'c.csv' });
  },
  get pngHelp(): string {
    return msg('Save the chart as a PNG picture', { id: 'c.png-help' });
  },
  get csvHelp(): string {
    return msg('Save the measured points as a CSV table', { id: 'c.csv-help' });
  },
  get notSaved(): string {
    return msg('The file could not be made: a part of the page did not load. Try again.', {
      id: 'c.not-saved',
    });
  },
  get table(): string {
    return msg('Table of the points', { id: 'c.table' });
  },
  tableNote: (shown: number, all: string): string =>
    msg(str`${shown} of ${all} rows, evenly chosen; the CSV file has all.`, { id: 'c.table-note' }),
  get nothingPositive(): string {
    return msg('Nothing here is above zero: a logarithmic axis has nothing to draw.', {
      id: 'c.nothing-positive',
    });
  },
  get noData(): string {
    return msg('Nothing measured yet.', { id: 'c.no-data' });
  },
  range: (label: string): string => msg(str`${label}, range`, { id: 'c.range' }),
  replica: (index: number): string => msg(str`replica ${index}`, { id: 'c.replica' }),
  get steps(): string {
    return msg('steps', { id: 'c.steps' });
  },
  get skip(): string {
    return msg('Skip', { id: 'c.skip' });
  },
  get skipHelp(): string {
    return msg('Leave this run out and go on with the next', { id: 'c.skip-help' });
  },
  runOf: (at: number, count: number): string => msg(str`run ${at} of ${count}`, { id: 'c.run-of' }),
  runCount: (count: number): string => msg(str`${count} runs`, { id: 'c.run-count' }),
  get runs(): string {
    return msg('Runs', { id: 'c.runs' });
  },
  runStates: {
    get waiting(): string {
      return msg('waiting', { id: 'c.run-states.waiting' });
    },
    get running(): string {
      return msg('running', { id: 'c.run-states.running' });
    },
    get done(): string {
      return msg('done', { id: 'c.run-states.done' });
    },
    get skipped(): string {
      return msg('left out', { id: 'c.run-states.skipped' });
    },
  },
  predicted: (x: string, y: string): string => msg(str`${y} at ${x}`, { id: 'c.predicted' }),
  pen: (hint: string): string =>
    msg(str`Your prediction: ${hint} Draw with the pointer, or with the arrow keys.`, { id: 'c.pen' }),
  get notDrawn(): string {
    return msg('nothing drawn yet', { id: 'c.not-drawn' });
  },
};
