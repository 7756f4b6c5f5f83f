/** What the pages use of the components. The elements themselves are made known by `register.ts`. */
export { describeDiverged } from './diverged.ts';
export type {
  Asked,
  ChartFrame,
  ChartSeries,
  LabChart,
  Prediction,
  ReferenceLine,
  Words,
  XAxis,
} from './chart/index.ts';
export type { ReadEvent } from './chart/cursor.ts';
export { isDrawn, PredictionEvent } from './chart/prediction-pen.ts';
export { download } from './download.ts';
export { type FormChangeEvent, type FormField, type FormSection, type FormValue } from './form-field.ts';
export { compact, duration, loss, measured, scientific, significant, whole } from './format.ts';
export { people } from './people.ts';
export { drawingInterval } from './frame.ts';
export type { Command, CommandEvent, RunPhase } from './command.ts';
export { type Change, changes, defaults, type Knob, type KnobChangeEvent, type KnobValues } from './knob.ts';
export type { Attention } from './lab-attention.ts';
export type { UndoChangeEvent } from './lab-changes.ts';
export type { PlanEntry, PlanProgress } from './lab-plan-bar.ts';
export type { MarkEvent, TryEvent } from './lab-prose.ts';
export type { Speed } from './lab-run-bar.ts';
export { drawn } from './late.ts';
export type { RunsAction, RunsEvent } from './lab-runs-table.ts';
export type { SampleRow } from './lab-samples.ts';
export type { SegmentEvent } from './lab-segments.ts';
export type { MadeLink } from './lab-share.ts';
export type { Scatter, Surface } from './lab-surface.ts';
export { type RunColumn, type RunRow, runsCSV } from './runs-rows.ts';
export { strings as runsWords } from './runs-strings.ts';
export { typed } from './typed.ts';
