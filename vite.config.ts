import { defineConfig } from 'vite';
import type { TestProjectConfiguration, TestProjectInlineConfiguration } from 'vitest/config';
import { slimComlink } from './build/lean/comlink.ts';
import { shortShaders } from './build/lean/shaders.ts';
import { slimPlot } from './build/lean/uplot.ts';
import { pages } from './build/pages/index.ts';
import { policyInPage } from './build/policy.ts';
import { prose } from './build/prose/plugin.ts';
import { judgedRecordings } from './build/recordings.ts';
import { thirdParty } from './build/third-party.ts';

/**
 * Mesa's llvmpipe compiles for vectors of 128 bits in less than half the time that it takes for 256 (docs/log.md); its
 * subgroups have 4 threads then. GPUs know nothing of it.
 */
const NARROW = { LP_NATIVE_VECTOR_WIDTH: process.env.LP_NATIVE_VECTOR_WIDTH ?? '128' };

/** Tests with a browser in them are tried again once, and then named (test/support/second-tries.ts). */
const TWICE = { retry: 1 };

/** Folders whose tests need neither a GPU nor a browser. */
const PURE = ['app', 'class', 'files', 'lessons', 'prose', 'scaling', 'state', 'tasks'];

const notices = thirdParty();

export default defineConfig({
  base: './',
  build: { target: 'es2022' },
  plugins: [
    shortShaders(),
    prose(),
    judgedRecordings(),
    slimPlot(),
    slimComlink(),
    policyInPage(),
    pages(),
    notices.build(),
  ],
  // What is found only when a page, a worker or the benchmark asks for it would have the page reloaded.
  optimizeDeps: {
    entries: ['index.html', 'src/**/*.ts', '!src/cli/**', '!src/**/*.test.ts'],
    include: ['@jax-js/jax', '@tensorflow/tfjs', '@tensorflow/tfjs-backend-webgpu'],
  },
  worker: { format: 'es', plugins: () => [shortShaders(), slimComlink(), notices.worker()] },
  test: {
    projects: [
      project(
        'tests',
        [`test/!(${[...PURE, 'alone', 'long', 'platforms', 'subgroups'].join('|')})/**/*.test.ts`],
        {
          env: NARROW,
          ...TWICE,
        },
      ),
      // Without a GPU or a browser: files share a process and what it has loaded.
      project(
        'pure',
        [`test/{${PURE.join(',')}}/**/*.test.ts`, 'test/*.test.ts', 'src/lessons/*/*.test.ts'],
        { isolate: false },
      ),
      // Kernels for subgroups of 8 threads, which the software driver has with vectors as wide as the processor's.
      project('subgroups', ['test/subgroups/*.test.ts']),
      // What is installed from the registry: npm run test:platforms.
      ...(process.env.PLATFORMS ? [project('platforms', ['test/platforms/*.test.ts'], TWICE)] : []),
      // What takes minutes: npm run test:long.
      ...(process.env.LONG ? [project('long', ['test/long/*.test.ts'])] : []),
      // What is timed runs when all else is done.
      project('alone', ['test/alone/*.test.ts'], { sequence: { groupOrder: 1 }, ...TWICE }),
    ],
    reporters: ['default', './test/support/second-tries.ts'],
    globalSetup: ['test/support/driver.ts', 'test/support/pages.ts'],
    // The compilers of software GPUs take seconds for a kernel.
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // What is waited for is there at once on an idle machine; on a busy one its patience costs nothing.
    expect: { poll: { timeout: 60_000 } },
    // Each file owns a GPU device; more workers than cores only make a software GPU slower.
    maxWorkers: 2,
  },
});

/** A group of test files; groups run one after the other. */
function project(
  name: string,
  include: string[],
  options: TestProjectInlineConfiguration['test'] = {},
): TestProjectConfiguration {
  return { extends: true, test: { sequence: { groupOrder: 0 }, ...options, name, include } };
}
