/**
 * What can be wrong with JSON and with the attributes of a figure, in English. These words stand apart from the others
 * (problem-words.ts), since a figure loads them first of all, where every byte counts.
 */

export const FIRST_PROBLEMS = {
  'not-given': '{}, not {}',
  unknown: 'unknown option; known are {}',
  integer: 'must be an integer from {} to {}',
  choice: 'must be one of {}',
  'lesson-name': 'must be the name of a lesson',
  more: 'and {} more',

  // JSON.
  'long-json': 'has {} characters; at most {} are read',
  'deep-json': 'is nested deeper than {} levels',
  'not-json': 'is not JSON',
} as const;

export const ATTRIBUTE_PROBLEMS = {
  ...FIRST_PROBLEMS,
  'large-value': 'is too large, or nested deeper than {} levels',
  'lesson-or-spec': 'give the name of a lesson, or a spec, not both and not neither',
  'figure-name': 'must be the name of a figure',
  address: 'must be an address on the web',
  'spec-or-sweep': 'must be a RunSpec or a sweep of at most {} entries',
  changes: 'must be an object of at most {} values by path',
  'change-path': 'must be the path of a setting',
  prediction: 'must be an object of kind and points',
  points: 'must be a list of 1 to {} points',
  point: 'must be two finite numbers',
  names: 'must be a list of at most {} names',
} as const;

type AttributeWords = typeof ATTRIBUTE_PROBLEMS;
export type AttributeCode = keyof AttributeWords;

/** As many values as the words have places. */
export type Values<Text extends string> = Text extends `${string}{}${infer Rest}`
  ? [string | number, ...Values<Rest>]
  : [];
export type AttributeParams<Code extends AttributeCode> = Values<AttributeWords[Code]>;

/** Puts values in the places of words. */
export const filled = (words: string, values: readonly (string | number)[]): string =>
  words.split('{}').reduce((text, part, i) => `${text}${values[i - 1]}${part}`);

interface AttributeProblem {
  path: string;
  said: { code: AttributeCode; params: readonly (string | number)[]; english: string };
  message: string;
  given?: string;
}

/** @param given what was given instead, as it is quoted */
const problemBy =
  <Words extends Partial<AttributeWords>>(words: Words) =>
  <Code extends keyof Words & AttributeCode>(
    path: string,
    code: Code,
    params: AttributeParams<Code>,
    given?: string,
  ): AttributeProblem => {
    const english = words[code]!;
    const said = { code, params, english };
    const message = filled(english, params);
    if (given === undefined) return { path, said, message };
    return { path, said, given, message: filled(FIRST_PROBLEMS['not-given'], [message, given]) };
  };

export const firstProblem = /* @__PURE__ */ problemBy(FIRST_PROBLEMS);
export const attributeProblem = /* @__PURE__ */ problemBy(ATTRIBUTE_PROBLEMS);
