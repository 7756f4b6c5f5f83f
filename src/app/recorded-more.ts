/** Recorded data that few pages need, in a module of its own: runs of the small size, and pictures of the inside. */
import type { RecordedPictures } from '../findings/pictures.ts';
import type { Recording } from '../findings/recording.ts';

const recordings = import.meta.glob<Recording>('../lessons/*/recording.small.json', { import: 'default' });
const pictures = import.meta.glob<RecordedPictures>('../lessons/*/pictures.json', { import: 'default' });

export async function smallRecording(name: string): Promise<Recording | undefined> {
  return recordings[`../lessons/${name}/recording.small.json`]?.();
}

export async function picturesOf(name: string): Promise<RecordedPictures | undefined> {
  return pictures[`../lessons/${name}/pictures.json`]?.();
}
