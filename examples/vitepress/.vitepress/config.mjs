/** The script stands in the head, where VitePress does not take it for one of a component; the element is no component of Vue's. */
export default {
  title: 'Figures in VitePress',
  outDir: 'dist',
  head: [['script', { type: 'module', src: '/scaling-lab.js' }]],
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === 'scaling-lab' } } },
};
