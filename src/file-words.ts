/** What can be wrong with a file of the lab as a whole, in English (problem-words.ts). */

export const FILE_PROBLEMS = {
  json: 'must hold a JSON object',
  'of-lesson': 'has the recorded results of a lesson: `scaling-lab open` judges and shows them',
  'only-settings':
    'has the settings of a run or a sweep, and no results: `lab run` and `lab sweep` train them, and the sandbox opens a sweep under "Sweep"',
  'no-sweep': 'is no sweep: it needs "spec", and "axes" with lists of values by path',
  'values-list': 'must be a list of values',
  'list-of-axes': 'must be a list of axes',
  'swept-run': 'must have the values of a run and its result',
} as const;
