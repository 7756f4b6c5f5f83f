import { defineConfig } from 'vite';
import type { TestProjectConfiguration } from 'vitest/config';
import { policyInPage } from './build/policy.ts';
import { thirdParty } from './build/third-party.ts';
import { slimPlot, withoutComments } from './src/prose/embed-plugins.ts';
import { prose } from './src/prose/plugin.ts';

/** What lesson `kernels` shows in browsers; no adapter there has the subgroups that the others are for. */
const LISTED =
  /\/(activation|attention_(tile|lane_vec4|(forward_)?register|forward)|matmul_([aby]_vec4|a_vec4_broadcast|block|epilogue|naive|one_part|quad|register|rows_plain|tiled))\.wgsl/;

const notices = thirdParty();

export default defineConfig({
  base: './',
  build: { target: 'es2022' },
  plugins: [withoutComments(), prose(), slimPlot(), policyInPage(), notices.build()],
  // What is found only when a page, a worker or the benchmark asks for it would have the page reloaded.
  optimizeDeps: {
    entries: ['index.html', 'src/**/*.ts', '!src/cli/**'],
    include: ['@jax-js/jax', '@tensorflow/tfjs', '@tensorflow/tfjs-backend-webgpu'],
  },
  worker: { format: 'es', plugins: () => [withoutComments({ readable: LISTED }), notices.worker()] },
  test: {
    projects: [
      project('tests', ['test/!(alone)/**/*.test.ts', 'test/*.test.ts'], 0),
      // What is timed runs when all else is done.
      project('alone', ['test/alone/*.test.ts'], 1),
    ],
    // The compilers of software GPUs take seconds for a kernel.
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // Each file owns a GPU device; more workers than cores only make a software GPU slower.
    maxWorkers: 2,
  },
});

/** A group of test files; groups run one after the other. */
function project(name: string, include: string[], groupOrder: number): TestProjectConfiguration {
  const globalSetup = ['test/support/driver.ts', 'test/support/pages.ts'];
  return { extends: true, test: { name, include, globalSetup, sequence: { groupOrder } } };
}
