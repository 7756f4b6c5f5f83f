/** The thread of heartbeat.ts. Messages: { hold, path, content } and { release }; it answers { lost }. */
import { readFileSync, utimesSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const held = new Map();
const begun = Date.now() / 1000;

parentPort.on('message', ({ hold, path, content, release }) => {
  if (release !== undefined) held.delete(release);
  else held.set(hold, { path, content });
});

/** Which process wrote a lease; nothing where there is none. */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

setInterval(() => {
  // Not the clock's time, which may stand still or jump back to what it was.
  const time = begun + performance.now() / 1000;
  for (const [key, { path, content }] of held) {
    if (content !== undefined && read(path) !== content) {
      held.delete(key);
      parentPort.postMessage({ lost: key });
      continue;
    }
    try {
      utimesSync(path, time, time);
    } catch {
      // A file beside its place that has been moved there, or a disk that takes nothing: others will see it.
    }
  }
}, workerData.beatMs);
