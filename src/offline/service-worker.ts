/**
 * The service worker: keeps all files of the page, so that it works without a network after the first visit. A newer
 * version waits until the page asks for it.
 *
 * While a new version is put on a host, some answer for a file that is not there with a page, and say that all is well.
 * So each file goes by its hash: a wrong answer is not kept, and one that an earlier version has kept is not used.
 */
import { addPlugins, cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { isContentOf } from './integrity.ts';

/** All files of the build, put in by vite.offline.config.ts. */
declare const __FILES__: (PrecacheEntry & { integrity: string })[];

interface ServiceWorkerScope extends EventTarget {
  readonly location: Location;
  skipWaiting(): Promise<void>;
}
const scope = self as unknown as ServiceWorkerScope;

const addressOf = (url: string): string => {
  const { origin, pathname } = new URL(url, scope.location.href);
  return origin + pathname;
};
const hashes = new Map(__FILES__.map(({ url, integrity }) => [addressOf(url), integrity]));

cleanupOutdatedCaches();
addPlugins([
  {
    // The browser's own cache may hold a wrong answer as well: ask whether it still stands.
    requestWillFetch: ({ request }) => Promise.resolve(new Request(request, { cache: 'no-cache' })),
    cachedResponseWillBeUsed: async ({ request, cachedResponse }) => {
      const hash = hashes.get(addressOf(request.url));
      if (!cachedResponse || hash === undefined) return cachedResponse;
      return (await isContentOf(cachedResponse.clone(), hash)) ? cachedResponse : null;
    },
  },
]);
// Whatever stands behind `?` concerns the page's script only.
precacheAndRoute(__FILES__, { ignoreURLParametersMatching: [/./] });

scope.addEventListener('message', (event) => {
  if ((event as MessageEvent).data === 'take over') void scope.skipWaiting();
});
