/** How large the wall of a hundred lives is: known before anything of it is loaded. */
export const WIDTHS: readonly number[] = [2, 4, 6, 8, 16, 24];
/** Of each width, where the device is fast enough. */
export const SEEDS = 16;
