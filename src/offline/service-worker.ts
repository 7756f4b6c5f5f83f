/**
 * The service worker: keeps all files of the page, so that it works without a network after the first visit. A newer
 * version waits until the page asks for it.
 */
import { cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';

/** All files of the build, put in by src/offline/plugin.ts. */
declare const __FILES__: PrecacheEntry[];

interface ServiceWorkerScope extends EventTarget {
  skipWaiting(): Promise<void>;
}
const scope = self as unknown as ServiceWorkerScope;

cleanupOutdatedCaches();
// Whatever stands behind `?` concerns the page's script only.
precacheAndRoute(__FILES__, { ignoreURLParametersMatching: [/./] });

scope.addEventListener('message', (event) => {
  if ((event as MessageEvent).data === 'take over') void scope.skipWaiting();
});
