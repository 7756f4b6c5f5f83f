/** What can be wrong with kept runs and recordings, in English (problem-words.ts). */

export const RECORD_PROBLEMS = {
  'long-list': 'must be a list of at most {}',
  'list-of-runs': 'must be a list of at most {} runs',
  'by-name': 'must be an object by name',
  'by-path': 'must be an object of values by path',
  'both-languages': 'must be a text in both languages',
  date: 'must be an ISO date',
  'y-as-x': 'must have as many y as x',
  'list-of-points': 'must be a list of points',
  predicted: 'must be a number or a curve',
  predictions: 'must be predictions by name',
} as const;
