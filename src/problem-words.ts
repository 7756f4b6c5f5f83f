/**
 * What can be wrong with settings, in English: the one place of these words. `{}` stands for a value. Pages say them in
 * their language by the code (src/figures/say-problem.ts), and src/locales/zh-problems.ts has each of them in Chinese.
 */
import { ATTRIBUTE_PROBLEMS, filled, type Values } from './attribute-words.ts';

export const PROBLEMS = {
  ...ATTRIBUTE_PROBLEMS,
  'in-run': 'in the run with {}: {}',

  // Any schema.
  missing: 'is missing',
  number: 'must be a number from {} to {}',
  flag: 'must be true or false',
  text: 'must be a text of {} to {} characters',
  integers: 'must be a list of at most {} integers from {} to {}',
  numbers: 'must be a list of at most {} numbers from {} to {}',
  options: 'must be an object of options',
  entries: 'must have at most {} entries',
  reserved: 'must have no key {}',
  'too-large': 'is too large: at most {} levels and {} entries are read',
  path: 'is no path of a spec; write for example model.width',
  'no-object': '{} is {}, not an object',
  'no-place': '{} is a list of {}, with nothing at {}',

  // A spec.
  'task-name': 'must be the name of a task',
  task: 'must be an object with the name of a task',
  optimizer: 'must be an object with name "adamw", "muon" or "sgd"',
  model: 'must be an object with kind "transformer" or "mlp"',
  factor: 'must be a factor from 1.01 to 1000 where the spacing is log-step',
  'one-each': 'has {} values for {} replicas; give one for each, or none',
  'class-loss': 'is {}, which is for classes; the answers of {} are values, trained by mean squared error',
  'muon-hidden': '"muon" is for hidden matrices; this model has none.',
  'transformer-tokens': '"transformer" needs a task of token sequences; use "mlp" for this task.',
  'mlp-answer': '"mlp" gives one answer per example; use "transformer" for token sequences.',
  heads: '{} heads do not divide a width of {}; allowed are {}.',
  prime: 'must be a prime',
  'relevant-bits': 'must be at most the number of bits',
  'shortest-period': 'must be at most the longest period',
  'longest-period': 'must be at most the vocabulary and below the length',
  domain: 'must be below the number of domains',

  // A sweep.
  'base-spec': 'must be the RunSpec that all runs have in common',
  axes: 'must be a list of at most {} axes',
  axis: 'must be an object of lists by path',
  values: 'must be a list of at most {} values',
  'no-values': 'has no values',
  'not-together': 'the paths of one axis go together, so their lists must be equally long, not {}',
  'too-many-runs': 'give {} runs; at most {} are allowed',
  'too-many-here': 'give {} runs; the page takes at most {}, the command line more',
  'same-runs': 'two runs are the same, {}',
  'no-step': '{} pays for no step, which costs {} FLOPs',
  'too-many-steps': '{} pays for {} steps; at most {} are allowed',

  // A file.
  json: 'must hold a JSON object',
  'of-lesson': 'has the recorded results of a lesson: `scaling-lab open` judges and shows them',
  'only-settings':
    'has the settings of a run or a sweep, and no results: `lab run` and `lab sweep` train them, and the sandbox opens a sweep under "Sweep"',
  'no-sweep': 'is no sweep: it needs "spec", and "axes" with lists of values by path',
  'values-list': 'must be a list of values',
  'a-number': 'must be a number',
  finite: 'must be finite',
  'not-negative': 'must not be negative',
  'a-text': 'must be a text',
  'long-text': 'must have at most {} characters',
  list: 'must be a list',
  'long-list': 'must be a list of at most {}',
  'list-of-numbers': 'must be a list of numbers',
  'list-of-runs': 'must be a list of at most {} runs',
  'list-of-axes': 'must be a list of axes',
  'by-name': 'must be an object by name',
  'by-path': 'must be an object of values by path',
  'both-languages': 'must be a text in both languages',
  date: 'must be an ISO date',
  'y-as-x': 'must have as many y as x',
  'list-of-points': 'must be a list of points',
  predicted: 'must be a number or a curve',
  predictions: 'must be predictions by name',

  // The result of a run, in a file or as the browser keeps it.
  result: 'must be the result of a run',
  'swept-run': 'must have the values of a run and its result',
  end: 'is {} of {}, where the run is {}',
  'from-run': 'must be a spec and a step',
  divergences: 'must name a replica of the {} and its step each',
  losses: 'must be the losses from a step on',
  'losses-each': 'must be a list of losses for each of {} replicas',
  'equal-losses': 'must have as many losses for each replica',
  'late-losses': 'reach to step {} of {}',
  'in-order': 'must be an integer up to {}, the steps in order',
  sets: 'must be an object of at most {} sets',
  metrics: 'must have numbers by name for each of {} replicas',
  'newer-spec': 'was made by a newer version of Scaling Lab, or not by it',
  'other-run': "is another run's: {}",
  'no-record': 'is no record of this page',
  'newer-record': 'was made by a newer version of this page',
  damaged: 'is damaged: its checksum is another one',

  // More than a link or a page of somebody else's may ask of a device.
  'much-step': 'one step costs {} FLOPs; on this device a figure may have {}',
  'much-evaluation': 'one evaluation costs {} FLOPs; on this device a figure may have {}',
  'much-all': 'the experiment costs {} FLOPs; on this device a figure may have {}',
  'much-kept': 'the experiment keeps {} numbers; on this device a figure may have {}',
  'much-examples': 'its examples are {} numbers; on this device a figure may have {}',
  'much-bytes': 'it holds {} bytes of GPU memory; on this device a figure may have {}',
  'much-kernels': 'it compiles {} kernels; on this device a figure may have {}',
  'many-in-figure': 'gives {} runs; a figure takes at most {}',
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

export type Params<Code extends ProblemCode = ProblemCode> = Values<(typeof PROBLEMS)[Code]>;

/** A problem by its code, with the values in its words. */
export interface Said {
  code: ProblemCode;
  params: readonly (string | number)[];
}

export const says = <Code extends ProblemCode>(code: Code, ...params: Params<Code>): Said => ({
  code,
  params,
});

/** The English words before, between and behind the values. */
export const partsOf = (code: ProblemCode): string[] => PROBLEMS[code].split('{}');

/** In English. */
export const inEnglish = ({ code, params }: Said): string => filled(PROBLEMS[code], params);
