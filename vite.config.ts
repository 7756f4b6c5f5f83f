/// <reference types="vitest/config" />
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  build: { target: 'es2022' },
  worker: { format: 'es' },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/driver.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Each file owns a GPU device; more workers than cores only make a software GPU slower.
    maxWorkers: 2,
  },
});
