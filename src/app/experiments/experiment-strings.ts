/** What all experiments say. */
import { msg, str } from '../../msg.ts';
import { significant, whole } from '../../components/format.ts';
import type { ProblemKind } from '../../running/problem-kind.ts';

export const strings = {
  groups: {
    get data(): string {
      return msg('Data', { id: 'experiment.groups.data' });
    },
    get model(): string {
      return msg('Model', { id: 'experiment.groups.model' });
    },
    get training(): string {
      return msg('Training', { id: 'experiment.groups.training' });
    },
  },
  get learningRate(): string {
    return msg('learning rate', { id: 'experiment.learning-rate' });
  },
  get learningRateHelp(): string {
    return msg('How far each step moves the weights. Too small is slow, too large never settles.', {
      id: 'experiment.learning-rate-help',
    });
  },
  get batch(): string {
    return msg('batch', { id: 'experiment.batch' });
  },
  get batchHelp(): string {
    return msg('Examples per step and model. More give a truer direction and cost more.', {
      id: 'experiment.batch-help',
    });
  },
  get seed(): string {
    return msg('seed', { id: 'experiment.seed' });
  },
  get seedHelp(): string {
    return msg('Decides the first weights and the order of the examples. The same seed gives the same run.', {
      id: 'experiment.seed-help',
    });
  },
  get replicas(): string {
    return msg('replicas', { id: 'experiment.replicas' });
  },
  get replicasHelp(): string {
    return msg(
      'Models trained side by side, alike but for their seed: the band shows how far luck alone takes them apart.',
      { id: 'experiment.replicas-help' },
    );
  },
  get steps(): string {
    return msg('steps', { id: 'experiment.steps' });
  },
  get stepsHelp(): string {
    return msg('How often the weights are changed in all.', { id: 'experiment.steps-help' });
  },
  get loss(): string {
    return msg('loss (nats)', { id: 'experiment.loss' });
  },
  get training(): string {
    return msg('training', { id: 'experiment.training' });
  },
  get validation(): string {
    return msg('held out', { id: 'experiment.validation' });
  },
  get trainingMean(): string {
    return msg('training, mean', { id: 'experiment.training-mean' });
  },
  get validationMean(): string {
    return msg('held out, mean', { id: 'experiment.validation-mean' });
  },
  get previous(): string {
    return msg('previous run, held out', { id: 'experiment.previous' });
  },
  axes: {
    get steps(): string {
      return msg('steps', { id: 'experiment.axes.steps' });
    },
    get tokens(): string {
      return msg('tokens', { id: 'experiment.axes.tokens' });
    },
    get points(): string {
      return msg('points', { id: 'experiment.axes.points' });
    },
    get flops(): string {
      return msg('FLOPs', { id: 'experiment.axes.flops' });
    },
    get seconds(): string {
      return msg('seconds', { id: 'experiment.axes.seconds' });
    },
  },
  get figure(): string {
    return msg('Experiment', { id: 'experiment.figure' });
  },
  get how(): string {
    return msg('What the words mean', { id: 'experiment.how' });
  },
  get what(): string {
    return msg('What to look for', { id: 'experiment.what' });
  },
  get tries(): string {
    return msg('Try', { id: 'experiment.tries' });
  },
  get soFar(): string {
    return msg('So far', { id: 'experiment.so-far' });
  },
  parameters: (count: number): string =>
    msg(str`${whole(count)} parameters`, { id: 'experiment.parameters' }),
  device: (name: string): string => msg(str`on ${name}`, { id: 'experiment.device' }),
  get smaller(): string {
    return msg('Use small sizes', { id: 'experiment.smaller' });
  },
  get noGPUTitle(): string {
    return msg('Nothing can be trained in this browser yet', { id: 'experiment.no-gpu-title' });
  },
  get failed(): string {
    return msg('That did not work', { id: 'experiment.failed' });
  },
  get again(): string {
    return msg('Try again', { id: 'experiment.again' });
  },
  /** `isWhole`: nothing is to be added to the text */
  problems: {
    'device-lost': {
      title: (): string => msg('The GPU was lost', { id: 'experiment.gpu-lost-title' }),
      text: (): string =>
        msg(
          'It was asked for again, without success. What was trained until then is kept. Try again in a moment; if that does not help, reload the page, restart the browser, or make the model or the batch smaller.',
          { id: 'experiment.gpu-lost' },
        ),
      isWhole: true,
    },
    'worker-crash': {
      title: (): string =>
        msg('The part of the page that trains has stopped', { id: 'experiment.crash-title' }),
      text: (): string =>
        msg('It ended by itself, or could not be loaded: the connection may be down.', {
          id: 'experiment.crash',
        }),
      isWhole: false,
    },
  } as Partial<Record<ProblemKind, { title: () => string; text: () => string; isWhole: boolean }>>,
  elsewhere: (run: string): string =>
    msg(
      str`Another tab of this browser is training this (${run}). Its result is taken over when it is there.`,
      {
        id: 'experiment.elsewhere',
      },
    ),
  get rested(): string {
    return msg('To spare the battery, training paused while this tab was hidden. It goes on now.', {
      id: 'experiment.rested',
    });
  },
  get diverged(): string {
    return msg('The training fell apart', { id: 'experiment.diverged' });
  },
  milestones: {
    get ready(): string {
      return msg('Ready at step 0.', { id: 'experiment.milestones.ready' });
    },
    get running(): string {
      return msg('Training.', { id: 'experiment.milestones.running' });
    },
    paused: (step: number): string =>
      msg(str`Paused at step ${whole(step)}.`, { id: 'experiment.milestones.paused' }),
    finished: (step: number, loss: string): string =>
      msg(str`Finished after ${whole(step)} steps. Held-out loss ${loss}.`, {
        id: 'experiment.milestones.finished',
      }),
    diverged: (step: number): string =>
      msg(str`Diverged at step ${whole(step)}.`, { id: 'experiment.milestones.diverged' }),
    failed: (message: string): string => msg(str`Failed. ${message}`, { id: 'experiment.milestones.failed' }),
    recovered: (step: number): string =>
      msg(str`The GPU was lost and found again: going on from step ${whole(step)}.`, {
        id: 'experiment.milestones.recovered',
      }),
  },
  percent: (share: number): string => msg(str`${significant(100 * share, 3)}%`, { id: 'experiment.percent' }),
};
