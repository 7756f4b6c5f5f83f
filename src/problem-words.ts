/**
 * What can be wrong with settings, in English: the one place of these words. `{}` stands for a value. Pages say them in
 * their language by the code (src/figures/say-problem.ts), and src/locales/zh-problems.ts has each of them in Chinese.
 */
import { type ATTRIBUTE_PROBLEMS, filled, FIRST_PROBLEMS, type Values } from './attribute-words.ts';
import type { EXCESS_PROBLEMS } from './excess-words.ts';
import type { FILE_PROBLEMS } from './file-words.ts';
import type { RECORD_PROBLEMS } from './record-words.ts';
import type { RESULT_PROBLEMS } from './result-words.ts';

export const PROBLEMS = {
  ...FIRST_PROBLEMS,
  'in-run': 'in the run with {}: {}',

  // Any schema.
  missing: 'is missing',
  number: 'must be a number from {} to {}',
  'a-number': 'must be a number',
  finite: 'must be finite',
  flag: 'must be true or false',
  'a-text': 'must be a text',
  'long-text': 'must have at most {} characters',
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
} as const;

/** Words of inputs other than settings stand in tables of their own, since few pages load them. */
type Tables = typeof PROBLEMS &
  typeof ATTRIBUTE_PROBLEMS &
  typeof RECORD_PROBLEMS &
  typeof RESULT_PROBLEMS &
  typeof FILE_PROBLEMS &
  typeof EXCESS_PROBLEMS;

export type ProblemCode = keyof Tables;

export type SettingCode = keyof typeof PROBLEMS;
export type Params<Code extends SettingCode = SettingCode> = Values<(typeof PROBLEMS)[Code]>;

/** A problem by its code, with the values in its words. */
export interface Said {
  code: ProblemCode;
  params: readonly (string | number)[];
  /** the words in English, with `{}` in the places of the values */
  english: string;
}

/** Says problems by the words of a table. */
export const saysOf =
  <Words extends Readonly<Record<string, string>>>(words: Words) =>
  <Code extends keyof Words & ProblemCode>(code: Code, ...params: Values<Words[Code]>): Said => ({
    code,
    params,
    english: words[code]!,
  });

export const says = /* @__PURE__ */ saysOf(PROBLEMS);

/** In English. */
export const inEnglish = ({ english, params }: Said): string => filled(english, params);
