/** What can be wrong with the result of a run, in a file or as the browser keeps it, in English (problem-words.ts). */

export const RESULT_PROBLEMS = {
  result: 'must be the result of a run',
  end: 'is {} of {}, where the run is {}',
  'from-run': 'must be a spec and a step',
  divergences: 'must name a replica of the {} and its step each',
  losses: 'must be the losses from a step on',
  'losses-each': 'must be a list of losses for each of {} replicas',
  'equal-losses': 'must have as many losses for each replica',
  'late-losses': 'reach to step {} of {}',
  list: 'must be a list',
  'list-of-numbers': 'must be a list of numbers',
  'in-order': 'must be an integer up to {}, the steps in order',
  sets: 'must be an object of at most {} sets',
  metrics: 'must have numbers by name for each of {} replicas',
  'not-negative': 'must not be negative',
  'newer-spec': 'was made by a newer version of Scaling Lab, or not by it',
  'other-run': "is another run's: {}",
  'no-record': 'is no record of this page',
  'newer-record': 'was made by a newer version of this page',
  damaged: 'is damaged: its checksum is another one',
} as const;
