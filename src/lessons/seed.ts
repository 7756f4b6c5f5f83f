/** The seed is an argument of a lesson's plan, not a path of its specs. */
export const SEED = 'seed';
/** The seed where none is chosen. */
export const FIRST_SEED = 1;
