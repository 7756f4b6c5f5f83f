/** What a browser lets a page do, by the policy of its host and by the frame that it stands in. */

/**
 * A frame with `sandbox` and without `allow-same-origin` has no origin: no storage, no service worker, and no workers
 * from files or blob:, which belong to an origin.
 */
export const isWithoutOrigin = (): boolean => globalThis.origin === 'null';

/**
 * The name of our policy. Under `require-trusted-types-for 'script'` a browser takes no plain text for the address of a
 * script; a page allows ours by `trusted-types lit-html scaling-lab` (the first is Lit's own, for its templates).
 */
const POLICY = 'scaling-lab';

/** What may become a script: a file over the network, by its whole address or by its path here, or text of our own. */
const ALLOWED = /^(https?:|blob:|data:text\/javascript|\.{0,2}\/(?!\/))/;

interface Policy {
  createScriptURL: (address: string) => unknown;
}
interface TrustedTypes {
  createPolicy: (name: string, rules: { createScriptURL: (address: string) => string }) => Policy;
}

let policy: Policy | undefined;

/**
 * The address of a worker or a service worker, for `new Worker` and `register`, whose types ask for a text.
 * @throws TypeError for another kind of address, or where the page's policy does not allow this name
 */
export function scriptAddress(address: string): string {
  if (!ALLOWED.test(address)) throw new TypeError(`${address.slice(0, 60)} is no address of a script`);
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy(POLICY, { createScriptURL: (address) => address });
  return policy ? (policy.createScriptURL(address) as string) : address;
}
