/** Makes all elements known to the browser. Their classes can be imported without this. */
import { define } from './define.ts';
import { LabAttention } from './lab-attention.ts';
import { LabChanges } from './lab-changes.ts';
import { LabKnobs } from './lab-knobs.ts';
import { LabRunBar } from './lab-run-bar.ts';
import { LabSamples } from './lab-samples.ts';
import { LabSurface } from './lab-surface.ts';
import { registerForLessons } from './register-lesson.ts';

export function register(): void {
  registerForLessons();
  define('lab-attention', LabAttention);
  define('lab-changes', LabChanges);
  define('lab-knobs', LabKnobs);
  define('lab-run-bar', LabRunBar);
  define('lab-samples', LabSamples);
  define('lab-surface', LabSurface);
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-attention': LabAttention;
    'lab-knobs': LabKnobs;
    'lab-run-bar': LabRunBar;
    'lab-samples': LabSamples;
    'lab-surface': LabSurface;
  }
}
