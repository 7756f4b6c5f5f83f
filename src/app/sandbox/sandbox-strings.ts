/** What the sandbox says. */
import { msg, str } from '../../msg.ts';

export const strings = {
  get eyebrow(): string {
    return msg('Sandbox', { id: 'sandbox.eyebrow' });
  },
  predict: {
    get remove(): string {
      return msg('Take it back', { id: 'sandbox.predict.remove' });
    },
    get how(): string {
      return msg('Draw with the pointer, or with the arrow keys.', { id: 'sandbox.predict.how' });
    },
    get noChart(): string {
      return msg('The chart to draw on appears with the first results.', { id: 'sandbox.predict.no-chart' });
    },
    get kept(): string {
      return msg('Your prediction stays on the chart, dashed.', { id: 'sandbox.predict.kept' });
    },
  },
  get settings(): string {
    return msg('Settings', { id: 'sandbox.settings' });
  },
  get mode(): string {
    return msg('What to do', { id: 'sandbox.mode' });
  },
  modes: {
    get run(): string {
      return msg('One run', { id: 'sandbox.modes.run' });
    },
    get sweep(): string {
      return msg('A sweep of many', { id: 'sandbox.modes.sweep' });
    },
  },
  groups: {
    get task(): string {
      return msg('Task', { id: 'sandbox.groups.task' });
    },
    get model(): string {
      return msg('Model', { id: 'sandbox.groups.model' });
    },
    get training(): string {
      return msg('Training', { id: 'sandbox.groups.training' });
    },
  },
  get reset(): string {
    return msg('Back to the beginning', { id: 'sandbox.reset' });
  },
  get usual(): string {
    return msg('as usual', { id: 'sandbox.usual' });
  },
  get wrong(): string {
    return msg('These settings cannot be run', { id: 'sandbox.wrong' });
  },
  get unanswered(): string {
    return msg('The engine gives no answer', { id: 'sandbox.unanswered' });
  },
  get loading(): string {
    return msg('Loading the forms…', { id: 'sandbox.loading' });
  },
  size: (parameters: string, flops: string): string =>
    msg(str`${parameters} parameters · ${flops}FLOP in all`, { id: 'sandbox.size' }),
  get figure(): string {
    return msg('Run', { id: 'sandbox.figure' });
  },
  get chart(): string {
    return msg('Loss during training', { id: 'sandbox.chart' });
  },
  guess: (loss: string): string => msg(str`guessing: ${loss}`, { id: 'sandbox.guess' }),
  floor: (loss: string): string => msg(str`floor: ${loss}`, { id: 'sandbox.floor' }),
  get loss(): string {
    return msg('loss (nats)', { id: 'sandbox.loss' });
  },
  get error(): string {
    return msg('mean squared error', { id: 'sandbox.error' });
  },
  get keep(): string {
    return msg('Keep this run', { id: 'sandbox.keep' });
  },
  kept: (name: string): string => msg(str`Kept as “${name}”.`, { id: 'sandbox.kept' }),
  get metrics(): string {
    return msg('Held-out metrics', { id: 'sandbox.metrics' });
  },
  get notYet(): string {
    return msg('Nothing trained yet. Press Run.', { id: 'sandbox.not-yet' });
  },
  heldOut: (loss: string): string => msg(str`Held-out loss ${loss}.`, { id: 'sandbox.held-out' }),
  aboveFloor: (loss: string, above: string): string =>
    msg(str`Held-out loss ${loss}, ${above} above the floor that no model can cross.`, {
      id: 'sandbox.above-floor',
    }),
  get shortfall(): string {
    return msg('below it: look for a mistake in the measurement first.', { id: 'sandbox.shortfall' });
  },
  get surface(): string {
    return msg('What the network answers', { id: 'sandbox.surface' });
  },
  get surfaceLabel(): string {
    return msg('The plane coloured by the network’s answer, with the training points over it.', {
      id: 'sandbox.surface-label',
    });
  },
  get samples(): string {
    return msg('What the model writes', { id: 'sandbox.samples' });
  },
  get attention(): string {
    return msg('Where it looks', { id: 'sandbox.attention' });
  },
  attentionLabel: (layer: number, head: number): string =>
    msg(str`Attention weights of layer ${layer}, head ${head}`, { id: 'sandbox.attention-label' }),
  get layer(): string {
    return msg('layer', { id: 'sandbox.layer' });
  },
  get head(): string {
    return msg('head', { id: 'sandbox.head' });
  },
  columns: {
    get loss(): string {
      return msg('held-out loss', { id: 'sandbox.columns.loss' });
    },
    get accuracy(): string {
      return msg('accuracy', { id: 'sandbox.columns.accuracy' });
    },
    get parameters(): string {
      return msg('parameters', { id: 'sandbox.columns.parameters' });
    },
    get seconds(): string {
      return msg('seconds', { id: 'sandbox.columns.seconds' });
    },
  },
  text: {
    get title(): string {
      return msg('Your own text', { id: 'sandbox.text.title' });
    },
    get help(): string {
      return msg('Paste a text or drop a file on the field. It stays on this device.', {
        id: 'sandbox.text.help',
      });
    },
    get choose(): string {
      return msg('Choose a file', { id: 'sandbox.text.choose' });
    },
    get sample(): string {
      return msg('Use the sample', { id: 'sandbox.text.sample' });
    },
    count: (characters: string): string => msg(str`${characters} characters`, { id: 'sandbox.text.count' }),
    shortened: (characters: string): string =>
      msg(str`Only the first ${characters} characters are taken.`, { id: 'sandbox.text.shortened' }),
    get notText(): string {
      return msg('That file is not a text in UTF-8, UTF-16 or GBK.', { id: 'sandbox.text.not-text' });
    },
    decoded: (encoding: string): string => msg(str`Read as ${encoding}.`, { id: 'sandbox.text.decoded' }),
    rare: (share: string, vocabulary: string): string =>
      msg(
        str`${share} of this text are symbols too rare for a vocabulary of ${vocabulary}: they count as one, which is easy to guess.`,
        { id: 'sandbox.text.rare' },
      ),
    rareResult: (share: string): string =>
      msg(
        str`${share} of the held-out symbols are too rare for the vocabulary and count as one. Loss, accuracy and bits per symbol take them as known; the numbers “without rare” leave them out.`,
        { id: 'sandbox.text.rare-result' },
      ),
    get notShared(): string {
      return msg('Your own text is not in the link: whoever opens it gets the sample instead.', {
        id: 'sandbox.text.not-shared',
      });
    },
  },
  milestones: {
    get running(): string {
      return msg('Training.', { id: 'sandbox.milestones.running' });
    },
    paused: (step: string): string => msg(str`Paused at step ${step}.`, { id: 'sandbox.milestones.paused' }),
    finished: (loss: string): string =>
      msg(str`Finished. Held-out loss ${loss}.`, { id: 'sandbox.milestones.finished' }),
    diverged: (step: string): string =>
      msg(str`Diverged at step ${step}.`, { id: 'sandbox.milestones.diverged' }),
    failed: (message: string): string => msg(str`Failed. ${message}`, { id: 'sandbox.milestones.failed' }),
  },
};
