export { LabChart } from './lab-chart.ts';
export type { Words } from './legend.ts';
export { PredictionEvent } from './chart-pen.ts';
export type { Asked, ChartFrame, ChartSeries, Prediction, ReferenceLine, XAxis } from './types.ts';
