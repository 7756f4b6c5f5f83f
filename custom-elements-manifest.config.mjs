/** The manifest says what authors may use: no event that is a variable's name, no attribute for what is private. */
const onlyPublic = {
  name: 'only-public',
  packageLinkPhase({ customElementsManifest: { modules } }) {
    for (const declaration of modules.flatMap(({ declarations }) => declarations)) {
      const hidden = (declaration.members ?? []).filter(({ privacy }) => privacy && privacy !== 'public');
      const names = new Set(hidden.map(({ name }) => name));
      declaration.events &&= declaration.events.filter(({ description }) => description);
      declaration.attributes &&= declaration.attributes.filter(({ fieldName }) => !names.has(fieldName));
      for (const member of hidden) delete member.attribute;
    }
  },
};

export default {
  globs: [
    'src/embed/scaling-lab.ts',
    'src/embed/loaded-figure.ts',
    'src/embed/attributes.ts',
    'src/embed/events.ts',
  ],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [onlyPublic],
};
