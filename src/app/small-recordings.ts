/** Recorded runs of the small size, apart from the list of lessons: few pages ask for one. */
import type { Recording } from '../findings/recording.ts';

const recordings = import.meta.glob<Recording>('../lessons/*/recording.small.json', { import: 'default' });

export async function smallRecording(name: string): Promise<Recording | undefined> {
  return recordings[`../lessons/${name}/recording.small.json`]?.();
}
