/** Makes the elements known to the browser. Their classes can be imported without this. */
import { LabChart } from './chart/index.ts';
import { define } from './define.ts';
import { LabAttention } from './lab-attention.ts';
import { LabChanges } from './lab-changes.ts';
import { LabKnobs } from './lab-knobs.ts';
import { LabListings } from './lab-listings.ts';
import { LabPlanBar } from './lab-plan-bar.ts';
import { LabProse } from './lab-prose.ts';
import { LabRunBar } from './lab-run-bar.ts';
import { LabRunsTable } from './lab-runs-table.ts';
import { LabSamples } from './lab-samples.ts';
import { LabSegments } from './lab-segments.ts';
import { LabShare } from './lab-share.ts';
import { LabSurface } from './lab-surface.ts';

export function register(): void {
  define('lab-attention', LabAttention);
  define('lab-changes', LabChanges);
  define('lab-chart', LabChart);
  define('lab-knobs', LabKnobs);
  define('lab-listings', LabListings);
  define('lab-plan-bar', LabPlanBar);
  define('lab-prose', LabProse);
  define('lab-run-bar', LabRunBar);
  define('lab-runs-table', LabRunsTable);
  define('lab-samples', LabSamples);
  define('lab-segments', LabSegments);
  define('lab-share', LabShare);
  define('lab-surface', LabSurface);
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-attention': LabAttention;
    'lab-changes': LabChanges;
    'lab-chart': LabChart;
    'lab-knobs': LabKnobs;
    'lab-listings': LabListings;
    'lab-plan-bar': LabPlanBar;
    'lab-prose': LabProse;
    'lab-run-bar': LabRunBar;
    'lab-runs-table': LabRunsTable;
    'lab-samples': LabSamples;
    'lab-segments': LabSegments;
    'lab-share': LabShare;
    'lab-surface': LabSurface;
  }
}
