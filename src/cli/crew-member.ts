/** In a worker of a command: trains what it is told to (src/crew). */
import { parentPort } from 'node:worker_threads';
import * as Comlink from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { builderOn } from '../crew/build.ts';
import { MemberService } from '../crew/member.ts';
import { Device } from '../gpu/device.ts';

// The module runner, which later imports need, closes when all is loaded.
const device = await Device.cpu();
Comlink.expose(new MemberService(builderOn(() => Promise.resolve(device))), nodeEndpoint(parentPort!));
parentPort!.postMessage('ready');
