/** The worker of the page `bench`: it is there for as long as the page is. Peers come when they are asked for. */
import * as Comlink from 'comlink';
import { BenchService, type BenchLab } from '../bench/service.ts';
import { openDatabase } from '../state/database.ts';
import { keptTunings } from './kept.ts';

const PEERS = {
  'jax-js': async () => (await import('../bench/peers/jax.ts')).jaxPeer(),
  tfjs: async () => (await import('../bench/peers/tfjs-browser.ts')).loadTfjs(),
};

const service = new BenchService(() => navigator.gpu, PEERS, keptTunings(openDatabase()));

const exposed: BenchLab = { run: (request, listener) => service.run(request, listener) };

Comlink.expose(exposed);
