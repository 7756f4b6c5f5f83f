export { LabChart } from './lab-chart.ts';
export type { Words } from './legend.ts';
export { PredictionEvent } from './prediction-handles.ts';
export type { ChartSeries, Prediction, ReferenceLine, XAxis } from './types.ts';
