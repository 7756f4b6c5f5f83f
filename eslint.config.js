import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * Who may import whom inside src/ (docs/decisions/0001-layers.md). A folder may always import itself;
 * `type:` marks a folder or file of which only the types may be imported.
 */
const mayImport = {
  gpu: ['cpu/handle.ts', 'cpu/load.ts'], // its types, and when a device without a GPU is asked for
  cpu: ['kernels/activation.ts', 'kernels/permutation.ts', 'kernels/schedule.ts', 'kernels/state.ts', 'gpu'], // of gpu, types
  tasks: [],
  kernels: ['gpu', 'cpu/work.ts', 'cpu/embedding.ts'], // of cpu, types and names
  autodiff: ['kernels', 'gpu'],
  models: ['autodiff'],
  training: ['models', 'autodiff', 'tasks', 'gpu', 'kernels'],
  bench: ['training', 'models', 'autodiff', 'tasks', 'gpu', 'kernels'],
  scaling: [],
  devices: ['gpu', 'kernels', 'training'],
  worker: [
    'cpu/embedded.ts?worker&url',
    'cpu/handle.ts',
    'training',
    'scaling',
    'gpu',
    'devices',
    'tasks',
    'bench',
    'state/database.ts',
  ],
  state: ['worker/client.ts', 'worker/protocol.ts', 'scaling', 'lessons/recording.ts', 'lessons/lesson.ts'],
  components: [],
  offline: [], // in the service worker
  prose: ['components/condition.ts', 'app/prose.ts'], // at build time
  lessons: ['components', 'scaling', 'worker/protocol.ts'],
  app: [
    'components',
    'lessons',
    'state',
    'worker/client.ts',
    'worker/heartbeat.ts',
    'worker/protocol.ts',
    'worker/bench-start.ts',
    'devices/cases.ts',
    'devices/choice.ts',
    'devices/diagnostics.ts',
    'devices/facts.ts',
    'devices/offers.ts',
    'bench/names.ts', // and types
    'bench/compare.ts',
    'bench/service.ts',
  ],
  embed: [
    'app',
    'components',
    'lessons',
    'worker/client.ts',
    'worker/heartbeat.ts',
    'worker/protocol.ts',
    'worker/embed-start.ts',
    'devices/cases.ts',
    'devices/choice.ts',
    'devices/diagnostics.ts',
    'devices/facts.ts',
    'styles',
  ],
  cli: [
    'bench',
    'devices',
    'training',
    'scaling',
    'tasks',
    'lessons',
    'gpu',
    'kernels',
    'models',
    'autodiff',
  ],
};

/** What knows nothing of ours: values, paths and texts from outside, and random numbers. */
const FOR_ALL = [
  'replicas.ts',
  'schema.ts',
  'problems.ts',
  'path.ts',
  'json.ts',
  'show.ts',
  'csv.ts',
  'random.ts',
  'policy.ts',
  'text-file.ts',
];

const zones = Object.entries(mayImport).map(([folder, allowed]) => ({
  target: `./src/${folder}`,
  from: './src',
  except: [...FOR_ALL, folder, ...allowed].map((path) => `./${path}`),
  message: `src/${folder} may import only ${allowed.length ? allowed.join(', ') : 'nothing else of ours'} (eslint.config.js).`,
}));

export default tseslint.config(
  { ignores: ['dist', 'lib', 'node_modules', 'test/fixtures'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      'import-x/resolver': { node: { extensions: ['.ts', '.js'] } },
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones, basePath: import.meta.dirname }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['*.wgsl?raw'], message: 'Only src/kernels imports shaders.' }] },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
  },
  { files: ['src/kernels/**/*.ts', 'test/kernels/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
);
