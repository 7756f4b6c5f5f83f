/**
 * What Docusaurus, Astro and Next do with MDX, in short: compiled, rendered to a page. The script stands in the page's head (Docusaurus:
 * `scripts` of its configuration; Astro Starlight: `head`): a component that brings it would not run it a second time.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { evaluate } from '@mdx-js/mdx';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import * as runtime from 'react/jsx-runtime';

const { default: Post } = await evaluate(await readFile('post.mdx', 'utf8'), runtime);
const post = renderToStaticMarkup(createElement(Post));
await mkdir('dist', { recursive: true });
await writeFile(
  'dist/index.html',
  `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A jump, measured twice</title>
    <link rel="icon" href="data:," />
    <script type="module" src="/scaling-lab.js"></script>
  </head>
  <body>${post}</body>
</html>
`,
);
