/** Losses and their gradients in float64, as plain as their definitions. */

type Numbers = ArrayLike<number>;

/** ln softmax of one row of logits. */
export function logSoftmax(logits: Float64Array): Float64Array {
  const most = Math.max(...logits);
  const logSum = Math.log(logits.reduce((sum, x) => sum + Math.exp(x - most), 0));
  return logits.map((x) => x - most - logSum);
}

/** logits [rows, V], targets [rows] (−1: not scored); the gradient is that of the mean loss over scored rows. */
export function crossEntropy(logits: Numbers, targets: Numbers) {
  const rows = targets.length;
  const classes = logits.length / rows;
  const count = Array.from(targets).filter((target) => target >= 0).length;
  const loss = new Float64Array(rows);
  const dlogits = new Float64Array(logits.length);
  for (let row = 0; row < rows; row++) {
    const target = targets[row]!;
    if (target < 0) continue;
    const logP = logSoftmax(Float64Array.from({ length: classes }, (_, v) => logits[row * classes + v]!));
    loss[row] = -logP[target]!;
    for (let v = 0; v < classes; v++) {
      dlogits[row * classes + v] = (Math.exp(logP[v]!) - Number(v === target)) / count;
    }
  }
  return { loss, dlogits, count };
}

/** Per row: −ln p(target) or 0, argmax p, mean of ln p over the classes [first, end), Σ p² → [rows, 4]. */
export function crossEntropyScores(
  logits: Numbers,
  targets: Numbers,
  [first, end]: readonly [number, number],
): Float64Array {
  const rows = targets.length;
  const classes = logits.length / rows;
  const scores = new Float64Array(rows * 4);
  for (let row = 0; row < rows; row++) {
    const logP = logSoftmax(Float64Array.from({ length: classes }, (_, v) => logits[row * classes + v]!));
    const noise = logP.subarray(first, end);
    scores.set(
      [
        targets[row]! < 0 ? 0 : -logP[targets[row]!]!,
        logP.indexOf(Math.max(...logP)),
        noise.reduce((sum, x) => sum + x, 0) / noise.length,
        logP.reduce((sum, x) => sum + Math.exp(2 * x), 0),
      ],
      row * 4,
    );
  }
  return scores;
}

/** y and targets [rows, W]; loss [rows] is the mean over W, dy the gradient of the mean over all. */
export function meanSquaredError(y: Numbers, targets: Numbers, rows: number) {
  const width = y.length / rows;
  const loss = new Float64Array(rows);
  const dy = Float64Array.from(y, (value, i) => {
    const difference = value - targets[i]!;
    loss[Math.floor(i / width)]! += difference ** 2 / width;
    return (2 * difference) / y.length;
  });
  return { loss, dy };
}
