/** What the pages of lessons say around their texts. */
import { msg, str } from '../../msg.ts';
export const strings = {
  lessonOf: (at: number, count: number): string =>
    msg(str`Lesson ${at} of ${count}`, { id: 'lesson.lesson-of' }),
  minutes: (count: number): string => msg(str`about ${count} minutes`, { id: 'lesson.minutes' }),
  get claim(): string {
    return msg('The claim', { id: 'lesson.claim' });
  },
  headings: {
    get predict(): string {
      return msg('Predict', { id: 'lesson.headings.predict' });
    },
    get run(): string {
      return msg('How it is done', { id: 'lesson.headings.run' });
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
  recorded: (device: string, date: string, seed: number, own: number): string =>
    msg(str`Recorded run: ${device}, ${date}, seed ${seed}; yours has seed ${own}.`, {
      id: 'lesson.recorded',
    }),
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
      return msg('Draw it on the chart: with the pointer, or with the arrow keys.', {
        id: 'lesson.predict.draw',
      });
    },
    get place(): string {
      return msg('Point at the place on the chart, or move there with the arrow keys.', {
        id: 'lesson.predict.place',
      });
    },
    get set(): string {
      return msg('Point at the height on the chart, or set it with the arrow keys.', {
        id: 'lesson.predict.set',
      });
    },
    get number(): string {
      return msg('Or as a number', { id: 'lesson.predict.number' });
    },
    get yourNumber(): string {
      return msg('Your number', { id: 'lesson.predict.your-number' });
    },
    get type(): string {
      return msg('It lies on no axis: type it.', { id: 'lesson.predict.type' });
    },
    get further(): string {
      return msg('Go on: at least over half of the field.', { id: 'lesson.predict.further' });
    },
    get ready(): string {
      return msg('Nothing is trained yet, and nothing was shown.', { id: 'lesson.predict.ready' });
    },
    get change(): string {
      return msg('Change it', { id: 'lesson.predict.change' });
    },
    get clear(): string {
      return msg('Draw anew', { id: 'lesson.predict.clear' });
    },
    get done(): string {
      return msg('That is my prediction', { id: 'lesson.predict.done' });
    },
    get showMe(): string {
      return msg('Show me', { id: 'lesson.predict.show-me' });
    },
    get again(): string {
      return msg('Predict again', { id: 'lesson.predict.again' });
    },
    get never(): string {
      return msg('never', { id: 'lesson.predict.never' });
    },
    against: (said: string, got: string): string =>
      msg(str`You predicted ${said}; your run gave ${got}.`, { id: 'lesson.predict.against' }),
    againstRecorded: (said: string, got: string): string =>
      msg(str`You predicted ${said}; the recorded run gave ${got}.`, {
        id: 'lesson.predict.against-recorded',
      }),
    more: (times: string): string => msg(str`That is ${times} times as much.`, { id: 'lesson.predict.more' }),
    less: (times: string): string =>
      msg(str`You said ${times} times as much as it was.`, { id: 'lesson.predict.less' }),
    apart: (percent: string): string =>
      msg(str`Your curve lay ${percent}% of the chart’s height from it, on average.`, {
        id: 'lesson.predict.apart',
      }),
    score: (points: number): string => msg(str`${points} of 100 points`, { id: 'lesson.predict.score' }),
  },
  theirs: {
    said: (number: string): string => msg(str`The sender predicted ${number}.`, { id: 'lesson.theirs.said' }),
    get drew(): string {
      return msg('The sender’s prediction is on the chart, dotted.', { id: 'lesson.theirs.drew' });
    },
    get waits(): string {
      return msg('What their run gave is shown when you have predicted, too.', { id: 'lesson.theirs.waits' });
    },
    got: (number: string): string => msg(str`Their run gave ${number}.`, { id: 'lesson.theirs.got' }),
    outcomes: {
      get holds(): string {
        return msg('There the claim holds.', { id: 'lesson.theirs.holds' });
      },
      get doesNotHold(): string {
        return msg('There the claim does not hold.', { id: 'lesson.theirs.does-not-hold' });
      },
      get notEnoughEvidence(): string {
        return msg('There it was not enough evidence.', { id: 'lesson.theirs.not-enough-evidence' });
      },
    },
    get compare(): string {
      return msg('Run it yourself and compare.', { id: 'lesson.theirs.compare' });
    },
    get prediction(): string {
      return msg('the sender’s prediction', { id: 'lesson.theirs.prediction' });
    },
    get run(): string {
      return msg('the sender’s run', { id: 'lesson.theirs.run' });
    },
  },
  replay: {
    get begin(): string {
      return msg('Replay the recorded run', { id: 'lesson.replay.begin' });
    },
    get play(): string {
      return msg('Play', { id: 'lesson.replay.play' });
    },
    get pause(): string {
      return msg('Hold', { id: 'lesson.replay.pause' });
    },
    get moment(): string {
      return msg('Moment of the recorded run', { id: 'lesson.replay.moment' });
    },
  },
  get sound(): string {
    return msg('Sound', { id: 'lesson.sound' });
  },
  get axes(): string {
    return msg('Axes, table, files', { id: 'lesson.axes' });
  },
  get reward(): string {
    return msg('after the run', { id: 'lesson.reward' });
  },
  get showAll(): string {
    return msg('Show all', { id: 'lesson.show-all' });
  },
  markNotHere: (meaning: string): string =>
    msg(str`${meaning} (not on the chart yet)`, { id: 'lesson.mark-not-here' }),
  next: (title: string): string => msg(str`Next: ${title}`, { id: 'lesson.next' }),
  previous: (title: string): string => msg(str`Before: ${title}`, { id: 'lesson.previous' }),
  milestones: {
    get running(): string {
      return msg('Training.', { id: 'lesson.milestones.running' });
    },
    begins: (at: number): string => msg(str`Run ${at} begins.`, { id: 'lesson.milestones.begins' }),
    done: (at: number, done: number, count: number): string =>
      msg(str`Run ${at} is done, ${done} of ${count}.`, { id: 'lesson.milestones.done' }),
    skipped: (at: number): string => msg(str`Run ${at} is left out.`, { id: 'lesson.milestones.skipped' }),
    get recovered(): string {
      return msg('The GPU was lost and found again: the run begins anew.', {
        id: 'lesson.milestones.recovered',
      });
    },
    otherWorker: (at: number): string =>
      msg(str`A worker stopped; run ${at} goes on in another one.`, {
        id: 'lesson.milestones.other-worker',
      }),
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
  get conceptBefore(): string {
    return msg('Before you predict: what do you think?', { id: 'lesson.concept.before' });
  },
  get conceptMissing(): string {
    return msg('The question could not be loaded.', { id: 'lesson.concept.missing' });
  },
};
