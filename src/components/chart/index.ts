export { LabChart } from './lab-chart.ts';
export type { ChartSeries, ReferenceLine, XAxis } from './types.ts';
