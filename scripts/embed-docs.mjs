/** docs/embed.md from the manifest and the engine's exports: what an author may write, as the sources say it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { runnerImport } from 'vite';

const { module: bounds } = await runnerImport('./src/lessons/bounds.ts', { logLevel: 'error' });
const { module: excess } = await runnerImport('./src/excess-words.ts', { logLevel: 'error' });

const manifest = JSON.parse(readFileSync('custom-elements.json', 'utf8'));
const classes = manifest.modules.flatMap(({ declarations = [] }) => declarations);
const element = classes.find(({ tagName }) => tagName === 'scaling-lab');
const attributes = classes.find(({ name }) => name === 'FigureAttributes');

const cell = (text = '') => text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
const open = (member) =>
  !['private', 'protected'].includes(member.privacy) && !member.static && member.description;
const named = (list, key = 'name') => list.map((item) => [`\`${item[key]}\``, item.description]);

const methods = element.members.filter(
  (member) => member.kind === 'method' && open(member) && member.name !== 'tell',
);
const fields = attributes.members.filter((member) => member.kind === 'field' && open(member));
const engine = readFileSync('src/index.ts', 'utf8');
const parts = [...engine.matchAll(/^\/\/ (.+)\n((?:export [^;]+;\n)+)/gm)].map(([, title, block]) => [
  title,
  [...block.matchAll(/\{([^}]+)\}|as (\w+)/g)]
    .flatMap(([, names, alias]) => (alias ? [alias] : names.split(',').map((name) => name.trim())))
    .filter(Boolean)
    .map((name) => `\`${name.replace(/^type /, '')}\``)
    .join(', '),
]);

const power = (value) =>
  value
    .toExponential()
    .replace(
      /^(.+)e\+(\d+)$/,
      (_, digits, exponent) => `${digits === '1' ? '' : `${Number(digits).toPrecision(2)} × `}10^${exponent}`,
    );
const allowed = Object.keys(bounds.BOUNDS.gpu).map((key) => [
  excess.EXCESS_PROBLEMS[`much-${key}`].split(';')[0].replace('{}', '…'),
  power(bounds.BOUNDS.gpu[key]),
  power(bounds.BOUNDS.software[key]),
]);

const text = `<!-- Made by \`npm run manifest\` from the sources; edit those. -->

# The embedded figure and the engine

${element.description}

\`\`\`html
<script type="module" src="https://…/scaling-lab.js"></script>
<scaling-lab lesson="emergence-in-time"></scaling-lab>
\`\`\`

or, where scripts are not allowed, \`<iframe src="https://…/embed.html?lesson=emergence-in-time"></iframe>\`, whose address takes the
attributes below (but \`loading\`: it loads at once) and which tells its height by \`postMessage\`: \`{ type: 'scaling-lab-height', height }\`, and as Canvas
(\`lti.frameResize\`) and Medium (\`iframe.resize\`) understand it; where Chrome has responsive frames (\`requestResize()\`) it asks for that, too.

**Which version.** A site's script changes when the site does. One that stays is the package's, \`lib/cdn/scaling-lab.js\`, copied to a
place of your own, or from a CDN of npm packages by its whole version (\`scaling-lab@0.1.0\`). Within a major version the attributes,
events, methods, slots and properties below keep their names and meanings; words, looks and recordings may change.

**Feeds, mail and print** run no scripts: what stands inside the element is shown there. The Embed dialog of a lesson puts the
lesson's picture there, with a link to it, and gives the same for Markdown and MDX, as a frame that grows, and for notebooks.

## Attributes and properties

${table(['name', 'what it is'], named(fields))}

\`lang\`, of the element or of what is around it, decides its language: English or Chinese.

## What settings of an author may ask

A \`spec\` and \`changes\` are held against these bounds before anything is compiled, and refused above them. Every run of a sweep counts
(at most ${bounds.MOST_RUNS}), with its steps, evaluations and replicas. Links to the lab have the same bounds; there the page says what is asked, and
waits for a press.

${table(['what', 'on a GPU', 'in software'], allowed)}

## Events

${table(['event', 'when'], named(element.events))}

They bubble, and come out of shadow roots. \`lab-complete\` has the results in its \`detail\`.

## Methods

${table(
  ['method', 'what it does'],
  methods.map(({ name, description }) => [`\`${name}()\``, description]),
)}

## Slot, parts, properties of style

${table(
  ['slot', 'for'],
  element.slots.map(({ name, description }) => [name || 'default', description]),
)}

${table(['part', 'is'], named(element.cssParts))}

${table(['property', 'is'], named(element.cssProperties))}

## Notebooks

\`anywidget.js\`, beside the script (\`scaling-lab/anywidget\` in the package), is the figure by the protocol of
[anywidget](https://anywidget.dev): Jupyter, Colab, VS Code, marimo, Shiny for Python, MyST. A class takes the attributes that it
wants as traits, by their names; results come back in \`result\`, what is wrong in \`error\`.
[examples/scaling_lab.py](../examples/scaling_lab.py) is one to copy:

\`\`\`python
from scaling_lab import Figure

figure = Figure(spec={"task": {"name": "shapes"}, "model": {"kind": "mlp", "hidden": [16]}, "steps": 500}, seed=3)
figure                      # in the last line of a cell
figure.send("run")          # or "pause", "reset"; the reader's buttons do the same
figure.result["results"]    # when it has ended: spec, losses, evaluations by run
\`\`\`

## Policies

A page with a Content-Security-Policy needs \`script-src\` with the script's origin, and \`worker-src blob:\` for training
(in a frame without an origin \`worker-src data:\`); with \`require-trusted-types-for 'script'\` also
\`trusted-types lit-html scaling-lab\`, and \`'allow-duplicates'\` if the page has Lit of its own. Without what the worker
needs the recording stays and the figure says why. In an iframe nothing is needed but \`frame-src\`.
[deploy.md](deploy.md) has the headers of the site itself.

## Integrity

The build publishes \`integrity.json\`, the hashes of the script and of all its parts. A page that will run nothing else
puts them into its import map, before any module, by full address, and \`crossorigin\` on the script:

\`\`\`html
<script type="importmap">
  {
    "integrity": {
      "https://…/scaling-lab.js": "sha384-…",
      "https://…/embed/live-….js": "sha384-…"
    }
  }
</script>
<script type="module" crossorigin="anonymous" src="https://…/scaling-lab.js"></script>
\`\`\`

The worker is a text in one of these parts, so that it is covered. Hashes hold for one build: copy its files to a place of
your own, or the next version is refused. Browsers know hashes in import maps since Chrome 127, Safari 18, Firefox 138;
\`integrity="sha384-…"\` on the tag covers the first script alone, in all of them. The licences of what is bundled are in
\`THIRD-PARTY.txt\` beside the script.

## The engine

\`import { … } from 'scaling-lab/engine'\`, in a browser or in Node with Dawn (\`webgpu\` on npm).

${table(['part', 'exports'], parts)}
`;
writeFileSync(
  'docs/embed.md',
  await format(text, { ...(await resolveConfig('docs/embed.md')), parser: 'markdown' }),
);
