/** What the benchmark's page says. */
import { msg, str } from '../../msg.ts';

export const strings = {
  get title(): string {
    return msg('Benchmark', { id: 'bench.title' });
  },
  get question(): string {
    return msg('How fast is this engine on your device?', { id: 'bench.question' });
  },
  get description(): string {
    return msg(
      'Training steps and matrix products in this engine, in jax-js and in TensorFlow.js, in turns on your device, after all have shown the same numbers.',
      { id: 'bench.description' },
    );
  },
  get workloads(): string {
    return msg('What to time', { id: 'bench.workloads' });
  },
  get peers(): string {
    return msg('Beside', { id: 'bench.peers' });
  },
  get download(): string {
    return msg('Each is a library that is loaded when you run it.', { id: 'bench.download' });
  },
  get seconds(): string {
    return msg('Seconds for each', { id: 'bench.seconds' });
  },
  get run(): string {
    return msg('Run', { id: 'bench.run' });
  },
  get stop(): string {
    return msg('Stop', { id: 'bench.stop' });
  },
  get stopped(): string {
    return msg('Stopped', { id: 'bench.stopped' });
  },
  get starting(): string {
    return msg('Measuring the device…', { id: 'bench.starting' });
  },
  loading: (name: string): string => msg(str`Loading ${name}…`, { id: 'bench.loading' }),
  running: (name: string): string => msg(str`Timing ${name}…`, { id: 'bench.running' }),
  get done(): string {
    return msg('Done', { id: 'bench.done' });
  },
  failed: (name: string, why: string): string => msg(str`${name} failed: ${why}`, { id: 'bench.failed' }),
  result: (adapter: string): string => msg(str`Result on ${adapter}`, { id: 'bench.result' }),
  get workload(): string {
    return msg('Workload', { id: 'bench.workload' });
  },
  get engine(): string {
    return msg('Engine', { id: 'bench.engine' });
  },
  get msPerStep(): string {
    return msg('ms per step', { id: 'bench.ms' });
  },
  get ratio(): string {
    return msg('× this engine', { id: 'bench.ratio' });
  },
  get dispatches(): string {
    return msg('Dispatches', { id: 'bench.dispatches' });
  },
  get floor(): string {
    return msg('floor', { id: 'bench.floor' });
  },
  get floorHelp(): string {
    return msg(
      'The floor is what a step of this engine takes at least here: its arithmetic at the speed of the best product, or its memory at the speed of a copy, and its launches.',
      { id: 'bench.floor-help' },
    );
  },
  get copy(): string {
    return msg('Copy result', { id: 'bench.copy' });
  },
  get copied(): string {
    return msg('Copied', { id: 'bench.copied' });
  },
  get closed(): string {
    return msg('The browser keeps its clipboard closed: select the text and copy it.', {
      id: 'bench.closed',
    });
  },
};
