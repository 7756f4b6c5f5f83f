/**
 * Analysis of tables of numbers: laws, emergence, cost. Pure functions; what the data can't carry is refused with a reason.
 */
export { isRefusal, type Refusal, type RefusalReason } from './refusal.ts';
export { type Interval, LEVEL, median, quantile } from './statistics.ts';
export { SeededRandom } from './random.ts';

// y = E + A·x^(−α)
export { type PowerPoint } from './variable-projection.ts';
export {
  estimates,
  fitPowerLaw,
  fitPowerLawLoosely,
  type Noise,
  NOISES,
  type PowerLawFit,
  type PowerLawOptions,
  powerLawAt,
} from './power-law.ts';
export {
  averageSeeds,
  band,
  type BandOptions,
  type HeldOutScore,
  logSpace,
  type NaiveGuesses,
  naiveGuesses,
  predict,
  scoreHeldOut,
} from './extrapolation.ts';

// L = E + A/N^α + B/D^β
export { type ParametricLaw, parametricLoss, type ParametricPoint } from './parametric-model.ts';
export {
  fitParametricLaw,
  fitParametricLawLoosely,
  type ParametricFit,
  type ParametricOptions,
} from './parametric-law.ts';
export { parametricEstimates, predictLoss } from './parametric-predict.ts';
export {
  HOFFMANN_EXPONENTS,
  KAPLAN,
  KAPLAN_RECONCILED,
  PF_DAY,
  PUBLISHED_LAWS,
  type PublishedLaw,
} from './published-laws.ts';

// Given C, how big a model?
export { type ComputeOptimum, computeOptimum, isoLossOverhead, tokensForLoss } from './compute-optimal.ts';
export {
  fitIsoflop,
  type IsoflopFit,
  type IsoflopOptions,
  type IsoflopPoint,
  type Valley,
} from './isoflop.ts';
export { type Parabola, parabolaAt } from './parabola.ts';
export { type EnvelopeFit, type EnvelopePoint, fitEnvelope } from './envelope.ts';
export { fitFrontier, frontier } from './frontier.ts';

// Emergence
export { type CurvePoint, firstCrossing, runningBest, valueAt } from './curve.ts';
export { type Sharpness, sharpness, threshold, thresholdInLoss } from './threshold.ts';
export { successBySize, type SuccessRow, wilson } from './success.ts';
export { isotonicAt, type IsotonicFit, isotonicFit, isotonicR2 } from './isotonic.ts';
export { type Checkpoint, type CollapseScore, collapseScore } from './collapse.ts';
export { examOf, type MirageRow, type MirageScore, mirageScore } from './mirage.ts';
export { type TransferFactor, transferFactor } from './transfer.ts';
export { type AccuracyPoint, type GrokkingDelay, grokkingDelay } from './grokking.ts';

// Cost
export {
  type Bill,
  bill,
  billOfTime,
  type Device,
  energyKilowattHours,
  fleetEnergy,
  inferenceFlops,
  type Prices,
  trainingFlops,
} from './cost.ts';
export {
  breakEvenQueries,
  type Brought,
  lifetimeFlops,
  lifetimeOptimum,
  type Overtraining,
  overtraining,
  type Trained,
} from './lifetime.ts';
export { reference, type Reference, type ReferenceId, REFERENCES } from './references/index.ts';

// Own tables
export { type ColumnNames, QUANTITIES, type Quantity } from './quantities.ts';
export { parseTable, type Source, type Table, type TableRow } from './table.ts';
export { fitTable, type FitTableOptions, type Law, LAWS, type TableFit } from './fit-table.ts';
