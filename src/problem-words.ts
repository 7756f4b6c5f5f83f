/**
 * What can be wrong with settings, in English: the one place of these words. `{}` stands for a value. Pages say them in
 * their language by the code (src/app/say-problem.ts), and src/locales/zh-problems.ts has each of them in Chinese.
 */
export const PROBLEMS = {
  'not-given': '{}, not {}',
  'in-run': 'in the run with {}: {}',

  // Any schema.
  missing: 'is missing',
  integer: 'must be an integer from {} to {}',
  number: 'must be a number from {} to {}',
  flag: 'must be true or false',
  choice: 'must be one of {}',
  text: 'must be a text of {} to {} characters',
  integers: 'must be a list of at most {} integers from {} to {}',
  numbers: 'must be a list of at most {} numbers from {} to {}',
  options: 'must be an object of options',
  unknown: 'unknown option; known are {}',
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
  'own-labels-class': 'is {}, which is for classes; the answers of {} are values',
  'own-labels-from': 'is {}, and this run begins with random weights; it must begin with another run’s',
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
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** As many values as the words have places. */
type Values<Text extends string> = Text extends `${string}{}${infer Rest}`
  ? [string | number, ...Values<Rest>]
  : [];
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
export const inEnglish = ({ code, params }: Said): string =>
  partsOf(code).reduce((text, part, i) => `${text}${params[i - 1]}${part}`);
