/** The peers as Node loads them. */
import { createRequire } from 'node:module';
import type * as TensorFlow from '@tensorflow/tfjs';
import { jaxPeer } from '../src/bench/peers/jax.ts';
import type { Peer } from '../src/bench/peers/peer.ts';
import { tfjsPeer } from '../src/bench/peers/tfjs.ts';

/** Both look for `navigator.gpu`; Node 20 has no navigator at all. */
export async function loadPeers(gpu: GPU): Promise<Peer[]> {
  const scope = globalThis as { navigator?: object };
  scope.navigator ??= { userAgent: 'Node.js' };
  Object.defineProperty(scope.navigator, 'gpu', { value: gpu });
  // TensorFlow.js and its backend are CommonJS and must share one core, hence `require`.
  const require = createRequire(import.meta.url);
  const tf = require('@tensorflow/tfjs') as typeof TensorFlow;
  require('@tensorflow/tfjs-backend-webgpu');
  return [await jaxPeer(), await tfjsPeer(tf)];
}
