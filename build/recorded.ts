/** What a recording's file says today, for the plugins of the build. */
import { recordingIn as recordingOf } from '../src/cli/recorded.ts';

export const recordingIn = (text: string): ReturnType<typeof recordingOf> =>
  recordingOf(JSON.parse(text) as Parameters<typeof recordingOf>[0]);
