import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * Who may import whom inside src/ (docs/decisions/0001-layers.md). A folder may always import itself;
 * `type:` marks a folder or file of which only the types may be imported.
 */
export const mayImport = {
  gpu: ['cpu/handle.ts', 'cpu/load.ts'], // its types, and when a device without a GPU is asked for
  crew: ['training', 'gpu'],
  cpu: [
    'kernels/activation.ts',
    'kernels/class-losses.ts',
    'kernels/permutation.ts',
    'kernels/schedule.ts',
    'kernels/state.ts',
    'gpu',
  ], // of gpu, types
  tasks: [],
  kernels: ['gpu', 'cpu/work.ts', 'cpu/embedding.ts'], // of cpu, types and names
  autodiff: ['kernels', 'gpu'],
  models: ['autodiff'],
  training: ['models', 'autodiff', 'tasks', 'gpu', 'kernels'],
  bench: ['training', 'models', 'autodiff', 'tasks', 'gpu', 'kernels'],
  scaling: [],
  inside: ['tasks', 'worker/protocol.ts'],
  devices: ['gpu', 'kernels', 'training'],
  worker: ['cpu/handle.ts', 'crew', 'training', 'scaling', 'gpu', 'devices', 'bench', 'state/database.ts'],
  findings: [],
  locales: ['str.ts'],
  files: ['findings', 'training', 'lessons/recording.ts', 'lessons/shared/quantities.ts'],
  state: ['findings', 'files', 'training'],
  class: ['findings', 'state', 'lessons/for-class.ts'], // of lessons, types
  room: ['class', 'lessons/for-class.ts'], // of lessons, types
  components: ['msg.ts'],
  offline: [], // in the service worker
  lessons: ['findings', 'inside', 'scaling', 'worker/protocol.ts'],
  figures: [
    'msg.ts',
    'findings',
    'locales',
    'components',
    'lessons/shared',
    'lessons/score.ts', // types
    'worker/protocol.ts',
  ],
  running: [
    'findings',
    'figures',
    'components',
    'lessons/lesson.ts', // types
    'lessons/inside.ts', // types
    'locales/language.ts',
    'worker/protocol.ts',
  ],
  app: [
    'msg.ts',
    'findings',
    'locales',
    'figures',
    'running',
    'components',
    'lessons',
    'files',
    'state',
    'class',
    'worker/client.ts',
    'worker/heartbeat.ts',
    'worker/protocol.ts',
    'worker/bench-start.ts',
    'devices/cases.ts',
    'devices/choice.ts',
    'devices/cores.ts',
    'devices/diagnostics.ts',
    'devices/facts.ts',
    'devices/offers.ts',
    'bench/names.ts', // and types
    'bench/compare.ts',
    'bench/service.ts',
  ],
  embed: [
    'findings',
    'figures',
    'app/device/words.ts',
    'locales/language.ts',
    'running',
    'components',
    'lessons',
    'worker/client.ts',
    'worker/heartbeat.ts',
    'worker/protocol.ts',
    'worker/embed-start.ts',
    'devices/choice.ts',
    'styles',
  ],
  cli: [
    'findings',
    'files',
    'figures/drawing.ts',
    'styles',
    'class',
    'room',
    'bench',
    'crew',
    'devices',
    'training',
    'scaling',
    'tasks',
    'lessons',
    'gpu',
    'kernels',
    'autodiff',
  ],
};

/** What knows nothing of ours: values, paths, texts and scripts from outside, and random numbers. */
export const FOR_ALL = [
  'languages.ts',
  'replicas.ts',
  'schema.ts',
  'option-schema.ts',
  'attribute-words.ts',
  'problem-words.ts',
  'record-words.ts',
  'result-words.ts',
  'file-words.ts',
  'excess-words.ts',
  'problems.ts',
  'refusal.ts',
  'path.ts',
  'json.ts',
  'show.ts',
  'csv.ts',
  'floats.ts',
  'random.ts',
  'policy.ts',
  'loading.ts',
  'text-file.ts',
];

const zones = Object.entries(mayImport).map(([folder, allowed]) => ({
  target: `./src/${folder}`,
  from: './src',
  except: [...FOR_ALL, folder, ...allowed].map((path) => `./${path}`),
  message: `src/${folder} may import only ${allowed.length ? allowed.join(', ') : 'nothing else of ours'} (eslint.config.js).`,
}));

export default tseslint.config(
  { ignores: ['dist', 'lib', 'scorm', 'node_modules', 'test/fixtures'] },
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
  // A lesson's test stands in its folder, and plants results for it.
  { files: ['src/lessons/*/*.test.ts'], rules: { 'import-x/no-restricted-paths': 'off' } },
  { files: ['src/kernels/**/*.ts', 'test/kernels/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', 'src/**/*.test.ts'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
);
