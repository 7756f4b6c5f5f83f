/** The script stands in the head, by its whole address: what is on the site’s own, Framework looks for among its files. */
export default {
  root: 'src',
  output: 'dist',
  title: 'Figures in Observable Framework',
  head: '<script type="module" src="https://example.org/scaling-lab.js"></script>',
};
