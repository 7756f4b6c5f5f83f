/** What the pages of lessons say around their texts. */
import { msg, str } from '@lit/localize';
export const strings = {
  lessonOf: (at: number, count: number): string =>
    msg(str`Lesson ${at} of ${count}`, { id: 'lesson.lesson-of' }),
  minutes: (count: number): string => msg(str`about ${count} minutes`, { id: 'lesson.minutes' }),
  minutesHere: (count: number, run: string): string =>
    msg(str`about ${count} minutes, ${run} of them for the run on this device`, {
      id: 'lesson.minutes-here',
    }),
  get claim(): string {
    return msg('The claim', { id: 'lesson.claim' });
  },
  headings: {
    get predict(): string {
      return msg('Predict', { id: 'lesson.headings.predict' });
    },
    get run(): string {
      return msg('Run', { id: 'lesson.headings.run' });
    },
    get explain(): string {
      return msg('What it shows', { id: 'lesson.headings.explain' });
    },
    get try(): string {
      return msg('Try', { id: 'lesson.headings.try' });
    },
    get check(): string {
      return msg('Check', { id: 'lesson.headings.check' });
    },
    get sources(): string {
      return msg('Sources', { id: 'lesson.headings.sources' });
    },
  },
  get stages(): string {
    return msg('Where you are', { id: 'lesson.stages' });
  },
  stageNames: {
    get predict(): string {
      return msg('Predict', { id: 'lesson.stage-names.predict' });
    },
    get run(): string {
      return msg('Run', { id: 'lesson.stage-names.run' });
    },
    get verdict(): string {
      return msg('Verdict', { id: 'lesson.stage-names.verdict' });
    },
  },
  get stageDone(): string {
    return msg('done', { id: 'lesson.stage-done' });
  },
  get figure(): string {
    return msg('Experiment', { id: 'lesson.figure' });
  },
  listings: {
    get title(): string {
      return msg('The code that ran', { id: 'lesson.listings.title' });
    },
    get what(): string {
      return msg(
        'WGSL as the device compiled it: the constants at the top are the sizes that were filled in.',
        { id: 'lesson.listings.what' },
      );
    },
    get choose(): string {
      return msg('Kernel', { id: 'lesson.listings.choose' });
    },
  },
  recorded: (device: string, date: string): string =>
    msg(str`Recorded run: ${device}, ${date}.`, { id: 'lesson.recorded' }),
  recordedBehind: (device: string, date: string): string =>
    msg(str`Grey: the recorded run, ${device}, ${date}.`, { id: 'lesson.recorded-behind' }),
  get noRecording(): string {
    return msg('There is no recorded run of this lesson yet: the figure fills when you run it.', {
      id: 'lesson.no-recording',
    });
  },
  get noExperiment(): string {
    return msg('The experiment of this lesson is not here yet. Its text is.', { id: 'lesson.no-experiment' });
  },
  get size(): string {
    return msg('size', { id: 'lesson.size' });
  },
  sizes: {
    get small(): string {
      return msg('small', { id: 'lesson.sizes.small' });
    },
    get standard(): string {
      return msg('standard', { id: 'lesson.sizes.standard' });
    },
    get large(): string {
      return msg('large', { id: 'lesson.sizes.large' });
    },
  },
  get usual(): string {
    return msg('as planned', { id: 'lesson.usual' });
  },
  get tables(): string {
    return msg('Tables of the results', { id: 'lesson.tables' });
  },
  get noValue(): string {
    return msg('–', { id: 'lesson.no-value' });
  },
  verdict: {
    get holds(): string {
      return msg('The claim holds in your run', { id: 'lesson.verdict.holds' });
    },
    get doesNotHold(): string {
      return msg('The claim does not hold in your run', { id: 'lesson.verdict.does-not-hold' });
    },
    get notEnoughEvidence(): string {
      return msg('Not enough evidence yet', { id: 'lesson.verdict.not-enough-evidence' });
    },
    get recorded(): string {
      return msg('What the recorded run says', { id: 'lesson.verdict.recorded' });
    },
    get soFar(): string {
      return msg('So far', { id: 'lesson.verdict.so-far' });
    },
    get refutedBy(): string {
      return msg('It would have been refuted by', { id: 'lesson.verdict.refuted-by' });
    },
  },
  predict: {
    get draw(): string {
      return msg('Draw it on the chart', { id: 'lesson.predict.draw' });
    },
    get place(): string {
      return msg('Place it on the chart', { id: 'lesson.predict.place' });
    },
    get set(): string {
      return msg('Set the line on the chart', { id: 'lesson.predict.set' });
    },
    get number(): string {
      return msg('Or as a number', { id: 'lesson.predict.number' });
    },
    get yourNumber(): string {
      return msg('Your number', { id: 'lesson.predict.your-number' });
    },
    get type(): string {
      return msg('It lies on no axis of the figures: it will stand beside the verdict.', {
        id: 'lesson.predict.type',
      });
    },
    get beside(): string {
      return msg('Your prediction stands beside the verdict.', { id: 'lesson.predict.beside' });
    },
    get change(): string {
      return msg('Change it', { id: 'lesson.predict.change' });
    },
    get done(): string {
      return msg('That is my prediction', { id: 'lesson.predict.done' });
    },
    get remove(): string {
      return msg('Take it back', { id: 'lesson.predict.remove' });
    },
    get how(): string {
      return msg('Drag the pink points, or focus them and use the arrow keys.', { id: 'lesson.predict.how' });
    },
    get noChart(): string {
      return msg('The chart to draw on appears with the first results.', { id: 'lesson.predict.no-chart' });
    },
    get kept(): string {
      return msg('Your prediction stays on the chart, dashed.', { id: 'lesson.predict.kept' });
    },
    against: (said: string, got: string): string =>
      msg(str`You predicted ${said}; your run gave ${got}.`, { id: 'lesson.predict.against' }),
    againstRecorded: (said: string, got: string): string =>
      msg(str`You predicted ${said}; the recorded run gave ${got}.`, {
        id: 'lesson.predict.against-recorded',
      }),
  },
  commit: {
    get train(): string {
      return msg('That is my prediction: train it', { id: 'lesson.commit.train' });
    },
    get locked(): string {
      return msg('Locked: the model that it predicts is being trained, or is done. Reset opens it again.', {
        id: 'lesson.commit.locked',
      });
    },
  },
  markNotHere: (meaning: string): string =>
    msg(str`${meaning} (not on the chart yet)`, { id: 'lesson.mark-not-here' }),
  next: (title: string): string => msg(str`Next: ${title}`, { id: 'lesson.next' }),
  milestones: {
    get running(): string {
      return msg('Training.', { id: 'lesson.milestones.running' });
    },
    begins: (key: string): string => msg(str`Run ${key} begins.`, { id: 'lesson.milestones.begins' }),
    done: (key: string, at: number, count: number): string =>
      msg(str`Run ${key} is done, ${at} of ${count}.`, { id: 'lesson.milestones.done' }),
    skipped: (key: string): string => msg(str`Run ${key} is left out.`, { id: 'lesson.milestones.skipped' }),
    get recovered(): string {
      return msg('The GPU was lost and found again: the run begins anew.', {
        id: 'lesson.milestones.recovered',
      });
    },
    get paused(): string {
      return msg('Paused.', { id: 'lesson.milestones.paused' });
    },
    finished: (sentence: string): string =>
      msg(str`The experiment is finished. ${sentence}`, { id: 'lesson.milestones.finished' }),
    failed: (message: string): string => msg(str`Failed. ${message}`, { id: 'lesson.milestones.failed' }),
  },
  get recordingFailed(): string {
    return msg('The recorded runs of this lesson could not be loaded. Check the connection and try again.', {
      id: 'lesson.recording-failed',
    });
  },
  problem: {
    get title(): string {
      return msg('That did not work', { id: 'lesson.problem.title' });
    },
    get noGPU(): string {
      return msg('Nothing can be trained in this browser yet', { id: 'lesson.problem.no-gpu' });
    },
    get noKernels(): string {
      return msg('This lesson runs on graphics only', { id: 'lesson.problem.no-kernels' });
    },
    get noKernelsWhy(): string {
      return msg(
        'It compares kernels written for graphics, and the processor runs none of them. The recorded run stands.',
        { id: 'lesson.problem.no-kernels-why' },
      );
    },
    get substitute(): string {
      return msg(
        'The browser has a substitute for graphics that runs kernels slowly: to try it, choose “Graphics” at the foot of the page.',
        { id: 'lesson.problem.substitute' },
      );
    },
  },
  resume: {
    get text(): string {
      return msg('Your last visit stopped in the middle of this experiment. It can go on exactly there.', {
        id: 'lesson.resume.text',
      });
    },
    get goOn(): string {
      return msg('Go on where it stopped', { id: 'lesson.resume.go-on' });
    },
    get startOver(): string {
      return msg('Start over', { id: 'lesson.resume.start-over' });
    },
  },
  get smallHelps(): string {
    return msg('The small size helps.', { id: 'lesson.small-helps' });
  },
  paths: {
    get seed(): string {
      return msg('seed', { id: 'lesson.paths.seed' });
    },
    get steps(): string {
      return msg('steps', { id: 'lesson.paths.steps' });
    },
    get batch(): string {
      return msg('batch', { id: 'lesson.paths.batch' });
    },
    get replicas(): string {
      return msg('copies', { id: 'lesson.paths.replicas' });
    },
    get learningRate(): string {
      return msg('learning rate', { id: 'lesson.paths.learning-rate' });
    },
    get width(): string {
      return msg('width', { id: 'lesson.paths.width' });
    },
    get hidden(): string {
      return msg('hidden layers', { id: 'lesson.paths.hidden' });
    },
    get noise(): string {
      return msg('noise', { id: 'lesson.paths.noise' });
    },
    get points(): string {
      return msg('points', { id: 'lesson.paths.points' });
    },
  },
};

/** What a setting is called, by its path. */
export function pathLabel(path: string): string {
  const last = path.split('.').at(-1)!;
  return (strings.paths as Partial<Record<string, string>>)[last] ?? last;
}
