/** How slow a device without graphics is, and why there are none: sentences for the page and for figures. */
import { caseOf } from '../../devices/cases.ts';
import type { Wanted } from '../../devices/choice.ts';
import { factsOf } from '../../devices/facts.ts';
import { sentences } from '../../components/sentences.ts';
import type { DeviceReport } from '../../worker/protocol.ts';
import { USUAL_FLOPS } from '../runs/run-times.ts';
import { strings, wordOf } from './device-strings.ts';

export function slowness({ gflops }: Pick<DeviceReport, 'gflops'>): string {
  return strings.slow(gflops && Math.round(USUAL_FLOPS / 1e9 / gflops));
}

/** For the lesson that compares kernels, where the processor trains: it runs none of them. */
export const noKernels = (): { title: string; text: string } => ({
  title: strings.noKernels,
  text: strings.noKernelsWhy,
});

/**
 * The sentence and the step of the case that this is.
 * @param hasSettings whether readers can choose the device themselves: in the lab they can, in a figure its author did
 */
export function whyNoGPU(
  device: Pick<DeviceReport, 'details'> | undefined,
  wanted: Wanted,
  hasSettings = true,
): string {
  const reason = caseOf(factsOf(window), device?.details.tried ?? [], wanted);
  if (!reason) return '';
  const { why, step } = wordOf(reason);
  return reason === 'wanted' && !hasSettings ? why : sentences(why, step);
}
