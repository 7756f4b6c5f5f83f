/** Given C, how big a model? IsoFLOP valleys, the line through their lowest points, and the published answers beside it. */
import { fitEnvelope, fitIsoflop, fitParametricLaw, isRefusal } from '../../scaling/index.ts';
import type { Findings, Lesson, Results, Size } from '../lesson.ts';
import { envelopeSummary, isoflopSummary, parametricSummary } from '../shared/fits.ts';
import { type IsoflopModel, isoflopModels, isoflopPlan } from '../shared/isoflop.ts';
import { DESIGNS, REPLICAS } from './design.ts';
import { optimumFigure, publishedFigure, valleyFigure } from './figures.ts';
import { COUNTINGS, fitBy, overSeeds } from './measured.ts';
import { question } from './question.ts';
import { approachTable, countingTable, lawTable, runTable, valleyTable } from './tables.ts';
import { verdictOf } from './verdict.ts';

export const lesson: Lesson = {
  name: 'compute-optimal',
  question,
  plan: (size, seed) => isoflopPlan(DESIGNS[size], seed, { replicas: REPLICAS }),
  judge,
};

function judge(results: Results, size: Size): Findings {
  const { budgets } = DESIGNS[size];
  const rows = isoflopModels(results, DESIGNS[size]);
  const fit = fitIsoflop(rows);
  const broad = fitIsoflop(rows, { use: 'all' });
  const envelope = fitEnvelope(rows);
  const parametric = fitParametricLaw(rows.map(({ N, D, loss }) => ({ N, D, loss })));
  return {
    tables: [
      runTable(rows),
      ...(isRefusal(fit) ? [] : [valleyTable(fit)]),
      countingTable(rows),
      approachTable(envelope, fit, parametric),
      lawTable(),
    ],
    figures: [valleyFigure(rows, budgets, fit), optimumFigure(fit), publishedFigure()],
    fits: {
      isoflop: isoflopSummary(fit),
      isoflopAllSizes: isoflopSummary(broad),
      envelope: envelopeSummary(envelope),
      parametric: parametricSummary(parametric),
    },
    verdict: verdictOf(
      results,
      budgets,
      fit,
      isRefusal(fit) ? undefined : overSeeds(rows, fit),
      withoutTables(rows),
    ),
  };
}

/** The exponent where tables of embeddings are not counted as size. */
function withoutTables(rows: readonly IsoflopModel[]): number | undefined {
  const fit = fitBy(rows, COUNTINGS[1]!);
  return isRefusal(fit) ? undefined : fit.a.estimate;
}
