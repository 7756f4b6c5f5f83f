/** Eleventy passes HTML in Markdown on as it is; figures need nothing but the script in the layout. */
export default function (config) {
  config.setInputDirectory('src');
  config.setOutputDirectory('dist');
}
