/**
 * Runs before the tests: sees to a GPU driver that Dawn accepts, to a Chromium, PyTorch and PostgreSQL. On a bare Debian or Ubuntu
 * machine, as root (a container, a CI machine), it installs what is missing; elsewhere it installs nothing of the
 * system's and the tests say what they lack.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';

const DRIVERS = '/usr/share/vulkan/icd.d';
const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

const isBareLinux =
  process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
const run = (command, ...args) =>
  execFileSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });

/** Whether Mesa's software driver, or the driver of a real GPU, is there. */
function hasDriver() {
  return existsSync(DRIVERS) && readdirSync(DRIVERS).some((name) => /lvp|nvidia/.test(name));
}

function hasBrowser() {
  return process.env.CHROME_PATH !== undefined || BROWSERS.some((path) => existsSync(path));
}

/** As test/cli/trace.test.ts looks for it. */
function hasTorch() {
  const imports = (python) => spawnSync(python, ['-c', 'import torch']).status === 0;
  return ['python3', '/usr/bin/python3'].some(imports);
}

/** As test/support/postgres.ts looks for it. */
const hasPostgres = () => existsSync('/usr/lib/postgresql');

/** Debian 12's own Mesa is too old for Dawn: its backports have a newer one, at the address of the machine's own sources. */
function useBackports() {
  const release = readFileSync('/etc/os-release', 'utf8');
  if (!/VERSION_CODENAME=bookworm/.test(release)) return [];
  const list = '/etc/apt/sources.list.d/bookworm-backports.list';
  if (!existsSync(list)) {
    const folder = '/etc/apt/sources.list.d';
    const files = ['/etc/apt/sources.list', ...readdirSync(folder).map((name) => `${folder}/${name}`)];
    const text = files
      .filter(existsSync)
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const uri = /^(?:URIs:\s*|deb\s+(?:\[.*?\]\s*)?)(\S+\/debian)\/?\s*/m.exec(text)?.[1];
    if (!uri) throw new Error('No Debian source is configured to take bookworm-backports from.');
    const key = '/usr/share/keyrings/debian-archive-keyring.gpg';
    const signed = existsSync(key) ? `[signed-by=${key}] ` : '';
    writeFileSync(list, `deb ${signed}${uri} bookworm-backports main\n`);
  }
  return ['-t', 'bookworm-backports'];
}

const torch = hasTorch();
if (isBareLinux && !(hasDriver() && hasBrowser() && torch && hasPostgres())) {
  const suite = hasDriver() ? [] : useBackports();
  run('apt-get', 'update');
  const install = (...args) => run('apt-get', 'install', '-y', '--no-install-recommends', ...args);
  if (!hasDriver()) install(...suite, 'mesa-vulkan-drivers', 'libvulkan1');
  if (!hasBrowser()) install('chromium', 'fonts-noto-cjk');
  if (!torch) install('python3-torch');
  if (!hasPostgres()) install('postgresql');
}
