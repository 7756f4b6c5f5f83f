/** TensorFlow.js as browsers load it. */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import type { Peer } from './peer.ts';
import { tfjsPeer } from './tfjs.ts';

export const loadTfjs = (): Promise<Peer> => tfjsPeer(tf);
