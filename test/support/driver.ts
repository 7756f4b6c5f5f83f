/**
 * Vitest's global set-up: a GPU for Dawn. A real one is used where the machine has one; elsewhere the first
 * software driver found (Mesa's llvmpipe, then Chromium's SwiftShader). Without any, the suite fails.
 */
import type { TestProject } from 'vitest/node';
import { findDriver } from '../../src/cli/driver.ts';

export default function setup(project: TestProject): void {
  // Once for all groups of tests, which share the environment.
  if (!project.isRootProject()) return;
  const driver = findDriver();
  if (driver.icd) process.env.VK_DRIVER_FILES = driver.icd;
  console.log(`GPU: ${driver.name}`);
}
