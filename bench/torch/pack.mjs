#!/usr/bin/env node
/**
 * Packs this engine for a bare Linux machine with an NVIDIA driver: Node, Dawn, the Vulkan loader, the command line, the
 * programs of bench/, and the workloads for PyTorch. `node bench/torch/pack.mjs --out FOLDER` makes a folder; `run.sh` in
 * it times both engines in one place, `lab …` there is the command line, `bench NAME …` a program of bench/.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LOADER = 'libvulkan.so.1';

/** Programs of bench/ that need nothing but the engine. */
const PROGRAMS = ['dispatches', 'growth', 'precision', 'products', 'robustness', 'persistent-mlp'];

const HERE = `#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
export LD_LIBRARY_PATH="$here/lib:$LD_LIBRARY_PATH" XDG_CACHE_HOME="$here/cache"
`;

/** Scripts by their names. */
const SCRIPTS = {
  lab: `${HERE}exec "$here/node" "$here/start.mjs" main "$@"\n`,
  bench: `${HERE}exec "$here/node" "$here/start.mjs" "$@"\n`,
  'run.sh': `${HERE}# Times this engine and PyTorch on this machine; arguments go to both (--workload NAME).
"$here/lab" bench --json "$@" > "$here/engine.json" || exit 1
"\${PYTHON:-python3}" "$here/bench.py" --cases "$here/cases" --json "$@" > "$here/torch.json" || exit 1
echo "$here/engine.json $here/torch.json"
`,
};

const START = `const [program, ...argv] = process.argv.slice(2);
const { main } = await import(\`./programs/\${program}.js\`);
process.exit(await main(argv));
`;

/** Where the machine has the loader. */
function loader() {
  const listed = execFileSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  const path = /libvulkan\.so\.1 .*=> (\S+)/.exec(listed)?.[1];
  if (!path)
    throw new Error(`${LOADER} is not on this machine; install the Vulkan loader (Debian: libvulkan1).`);
  return path;
}

async function pack(out) {
  if (existsSync(out)) throw new Error(`--out: ${out} is there already`);
  const found = loader();
  mkdirSync(join(out, 'lib'), { recursive: true });
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, external: ['webgpu'] },
    build: {
      ssr: true,
      outDir: join(out, 'programs'),
      target: 'node20',
      rollupOptions: {
        input: {
          main: join(ROOT, 'src/cli/main.ts'),
          ...Object.fromEntries(PROGRAMS.map((name) => [name, join(ROOT, `bench/${name}.ts`)])),
        },
      },
    },
  });
  execFileSync(process.execPath, [
    join(ROOT, 'bench/start.mjs'),
    'torch/export',
    '--out',
    join(out, 'cases'),
  ]);
  cpSync(process.execPath, join(out, 'node'));
  cpSync(found, join(out, 'lib', LOADER), { dereference: true });
  const dawn = dirname(fileURLToPath(import.meta.resolve('webgpu/package.json')));
  for (const part of ['package.json', 'index.js', `dist/${process.platform}-${process.arch}`]) {
    cpSync(join(dawn, part), join(out, 'node_modules/webgpu', part), { recursive: true });
  }
  cpSync(join(ROOT, 'bench/torch/bench.py'), join(out, 'bench.py'));
  writeFileSync(join(out, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(out, 'start.mjs'), START);
  for (const [name, text] of Object.entries(SCRIPTS)) writeFileSync(join(out, name), text, { mode: 0o755 });
}

const { values } = parseArgs({ options: { out: { type: 'string' } } });
try {
  if (!values.out) throw new Error('--out FOLDER: where everything is put');
  await pack(resolve(values.out));
  console.log(values.out);
} catch (error) {
  console.error(error.message);
  process.exit(2);
}
