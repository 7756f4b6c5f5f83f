/** What the sandbox says about sweeps. */
import { msg, str } from '../../msg.ts';
import type { ValuesError } from './values.ts';

export const strings = {
  get title(): string {
    return msg('Axes', { id: 'sweep.title' });
  },
  get runs(): string {
    return msg('Runs of the sweep', { id: 'sweep.runs' });
  },
  get help(): string {
    return msg(
      'All combinations of the axes are trained. Values: 16, 32, 64 or 1 .. 5 or 8 .. 128 x2 or 0 .. 0.4 +0.1; lists of widths with semicolons: 16; 32, 32.',
      { id: 'sweep.help' },
    );
  },
  axis: (at: number): string => msg(str`Axis ${at}`, { id: 'sweep.axis' }),
  values: (label: string): string => msg(str`Values of ${label}`, { id: 'sweep.values' }),
  get add(): string {
    return msg('Add an axis', { id: 'sweep.add' });
  },
  get together(): string {
    return msg('Vary something with it', { id: 'sweep.together' });
  },
  remove: (label: string): string => msg(str`Remove ${label}`, { id: 'sweep.remove' }),
  planned: (runs: number, flops: string): string =>
    msg(str`${runs} runs, ${flops}FLOP`, { id: 'sweep.planned' }),
  get load(): string {
    return msg('Load a sweep file', { id: 'sweep.load' });
  },
  get save(): string {
    return msg('Save the sweep file', { id: 'sweep.save' });
  },
  get saveHelp(): string {
    return msg('The same file that `npm run lab -- sweep` takes', { id: 'sweep.save-help' });
  },
  get csv(): string {
    return msg('Results as CSV', { id: 'sweep.csv' });
  },
  get json(): string {
    return msg('Results as JSON', { id: 'sweep.json' });
  },
  get stop(): string {
    return msg('Stop', { id: 'sweep.stop' });
  },
  get stopHelp(): string {
    return msg('Leaves out what is waiting; what is done stays', { id: 'sweep.stop-help' });
  },
  get resume(): string {
    return msg('An earlier visit stopped in the middle of this sweep. It can go on exactly there.', {
      id: 'sweep.resume',
    });
  },
  get goOn(): string {
    return msg('Go on', { id: 'sweep.go-on' });
  },
  get startOver(): string {
    return msg('Start over', { id: 'sweep.start-over' });
  },
  grid: (down: string, across: string): string =>
    msg(str`Held-out loss: ${down} down, ${across} across`, { id: 'sweep.grid' }),
  list: (down: string): string => msg(str`Held-out loss by ${down}`, { id: 'sweep.list' }),
  get lossColumn(): string {
    return msg('held-out loss', { id: 'sweep.loss-column' });
  },
  get chart(): string {
    return msg('Held-out loss against size', { id: 'sweep.chart' });
  },
  get underWay(): string {
    return msg('The run under way', { id: 'sweep.under-way' });
  },
  get x(): string {
    return msg('across', { id: 'sweep.x' });
  },
  xs: {
    get N(): string {
      return msg('parameters N', { id: 'sweep.xs.n' });
    },
    get D(): string {
      return msg('examples D', { id: 'sweep.xs.d' });
    },
    get C(): string {
      return msg('compute C (FLOPs)', { id: 'sweep.xs.c' });
    },
  },
  get fit(): string {
    return msg('fit', { id: 'sweep.fit' });
  },
  fits: {
    get none(): string {
      return msg('none', { id: 'sweep.fits.none' });
    },
    get power(): string {
      return msg('power law', { id: 'sweep.fits.power' });
    },
    get parametric(): string {
      return msg('parametric', { id: 'sweep.fits.parametric' });
    },
    get isoflop(): string {
      return msg('isoFLOP', { id: 'sweep.fits.isoflop' });
    },
  },
  get measured(): string {
    return msg('measured', { id: 'sweep.measured' });
  },
  fitted: (label: string): string => msg(str`fit, 90% band ${label}`, { id: 'sweep.fitted' }),
  get optima(): string {
    return msg('lowest points', { id: 'sweep.optima' });
  },
  get refused(): string {
    return msg('No fit:', { id: 'sweep.refused' });
  },
  get wrongFile(): string {
    return msg('The file was not loaded; the sweep is as it was.', { id: 'sweep.wrong-file' });
  },
  get wrong(): string {
    return msg('This sweep cannot be run', { id: 'sweep.wrong' });
  },
  problem({ reason, part }: ValuesError): string {
    switch (reason) {
      case 'empty':
        return msg('Write at least one value.', { id: 'sweep.problem-empty' });
      case 'number':
        return msg(str`“${part}” is no number.`, { id: 'sweep.problem-number' });
      case 'range':
        return msg(str`“${part}” is no range; write for example 8 .. 128 x2.`, { id: 'sweep.problem-range' });
      case 'many':
        return msg('That is more than 200 values.', { id: 'sweep.problem-many' });
    }
  },
};
