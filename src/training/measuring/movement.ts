/** How far weights are from where they began: progress that no score shows (Barak et al. 2022, arXiv:2207.08799). */

/**
 * ‖w − w₀‖ of each replica.
 * @param values weights [R, P]
 * @param start weights at step 0 [R, P]
 */
export function distancesMoved(values: Float32Array, start: Float32Array, replicas: number): number[] {
  const length = values.length / replicas;
  return Array.from({ length: replicas }, (_, r) => {
    let sum = 0;
    for (let i = r * length; i < (r + 1) * length; i++) sum += (values[i]! - start[i]!) ** 2;
    return Math.sqrt(sum);
  });
}
