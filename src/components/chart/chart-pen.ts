/** The pen of the chart. That of figures in other pages has none: they draw on their picture (build/lean/modules.ts). */
export { PredictionEvent, PredictionPen } from './prediction-pen.ts';
export { penStyles } from './pen-styles.ts';
