/** Links as a page takes them: one at a time, and its own. */
import type { ReactiveController } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SharedLink } from '../../src/app/sharing/sharing.ts';

const controllers: ReactiveController[] = [];
const connect = (): void => controllers.forEach((controller) => controller.hostConnected?.());
const disconnect = (): void => controllers.forEach((controller) => controller.hostDisconnected?.());

const host = {
  addController: (controller: ReactiveController) => void controllers.push(controller),
  removeController: () => undefined,
  requestUpdate: () => undefined,
  updateComplete: Promise.resolve(true),
};

const address = { hash: '' };
let events: EventTarget;

beforeEach(() => {
  controllers.length = 0;
  events = new EventTarget();
  vi.stubGlobal('location', address);
  vi.stubGlobal('addEventListener', events.addEventListener.bind(events));
  vi.stubGlobal('removeEventListener', events.removeEventListener.bind(events));
});
afterEach(() => vi.unstubAllGlobals());

function go(hash: string): void {
  address.hash = hash;
  events.dispatchEvent(new Event('hashchange'));
}

/** A page whose settings take until `check` ends to be looked at. */
function pageOf(check: Promise<void>): { link: SharedLink; sizes: string[] } {
  const sizes: string[] = [];
  const link = new SharedLink(
    host,
    () => 'mirage',
    async ({ size }, signal) => {
      await check;
      signal.throwIfAborted();
      sizes.push(size);
    },
  );
  return { link, sizes };
}

test('of two links the last is taken; one of another page, or of a page that was left, is not', async () => {
  let done = (): void => undefined;
  const { link, sizes } = pageOf(new Promise((resolve) => (done = resolve)));
  address.hash = '#/lesson/mirage?size=small';
  connect();
  const first = link.ready;
  go('#/lesson/mirage?size=large');
  go('#/lesson/learning?size=standard');
  done();
  await Promise.all([first, link.ready]);
  expect(sizes).toEqual(['large']);
  expect(link.shared).toMatchObject({ lesson: 'mirage', size: 'large' });

  go('#/lesson/mirage?size=small');
  disconnect();
  await link.ready;
  expect(sizes).toEqual(['large']);
  expect(link.problem).toBeUndefined();
});
