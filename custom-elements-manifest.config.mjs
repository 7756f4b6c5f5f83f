export default {
  globs: ['src/embed/scaling-lab.ts', 'src/embed/attributes.ts', 'src/embed/events.ts'],
  outdir: '.',
  litelement: true,
  packagejson: false,
};
