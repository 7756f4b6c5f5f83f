/** Where a Chromium is that programs can drive. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @throws Error that says what to install */
export function findChromium(): string {
  const chosen = process.env.CHROME_PATH;
  const found = chosen ? [chosen] : [...CANDIDATES, chromium.executablePath()];
  const path = found.find(existsSync);
  if (path) return path;
  throw new Error(
    `No Chromium for the browser tests (looked at ${found.join(', ')}). Install Chromium or Chrome, or run \`npx playwright-core install chromium\`, or set CHROME_PATH.`,
  );
}
