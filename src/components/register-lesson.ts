/** Makes those elements known to the browser that lessons use: they load no others, and some of them late (late.ts). */
import { LabChart } from './chart/index.ts';
import { define } from './define.ts';
import type { LabChanges } from './lab-changes.ts';
import type { LabListings } from './lab-listings.ts';
import { LabPlanBar } from './lab-plan-bar.ts';
import { LabProse } from './lab-prose.ts';
import type { LabRunsTable } from './lab-runs-table.ts';
import { LabSegments } from './lab-segments.ts';
import { LabShare } from './lab-share.ts';

export function registerForLessons(): void {
  define('lab-chart', LabChart);
  define('lab-plan-bar', LabPlanBar);
  define('lab-prose', LabProse);
  define('lab-segments', LabSegments);
  define('lab-share', LabShare);
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-changes': LabChanges;
    'lab-chart': LabChart;
    'lab-listings': LabListings;
    'lab-plan-bar': LabPlanBar;
    'lab-prose': LabProse;
    'lab-runs-table': LabRunsTable;
    'lab-segments': LabSegments;
    'lab-share': LabShare;
  }
}
