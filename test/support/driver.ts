/**
 * Vitest's global set-up: a GPU for Dawn. A real one is used where the machine has one; elsewhere the first
 * software driver found (Mesa's llvmpipe, then Chromium's SwiftShader). Without any, the suite fails.
 */
import { findDriver } from '../../src/cli/driver.ts';

export default function setup(): void {
  const driver = findDriver();
  if (driver.icd) process.env.VK_DRIVER_FILES = driver.icd;
  console.log(`GPU: ${driver.name}`);
}
