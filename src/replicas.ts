/** What is said of several replicas together: which of them diverged, and means over the others. */

/** A replica, and the first step at which its loss was not finite. */
export interface Divergence {
  replica: number;
  step: number;
}
