/** What the dialog says in which authors find how to embed a figure. */
import { msg } from '../../msg.ts';

export const strings = {
  get embed(): string {
    return msg('Embed', { id: 'embed.embed' });
  },
  get title(): string {
    return msg('This figure in your own page', { id: 'embed.title' });
  },
  get what(): string {
    return msg(
      'It asks your readers for a prediction first; then it replays the recorded run, or trains on their own device.',
      { id: 'embed.what' },
    );
  },
  get answer(): string {
    return msg('show the answer at once', { id: 'embed.answer' });
  },
  get prediction(): string {
    return msg('with my prediction', { id: 'embed.prediction' });
  },
  get kind(): string {
    return msg('Where it goes', { id: 'embed.kind' });
  },
  get kinds(): Record<'script' | 'markdown' | 'frame' | 'notebook', string> {
    return {
      script: 'HTML',
      markdown: 'Markdown, MDX',
      frame: 'iframe',
      notebook: msg('Notebook', { id: 'embed.notebook' }),
    };
  },
  get help(): Record<'script' | 'markdown' | 'frame' | 'notebook', string> {
    return {
      script: msg('As an element; feeds, mail and print show the picture in it', { id: 'embed.script' }),
      markdown: msg('In a page of Markdown that lets HTML through', { id: 'embed.markdown' }),
      frame: msg('As an iframe, where scripts are not allowed', { id: 'embed.frame' }),
      notebook: msg('A cell for Jupyter, Colab, marimo or VS Code', { id: 'embed.cell' }),
    };
  },
  get name(): string {
    return msg('title, for screen readers', { id: 'embed.name' });
  },
  get caption(): string {
    return msg('caption below', { id: 'embed.caption' });
  },
  get theme(): string {
    return msg('colours', { id: 'embed.theme' });
  },
  get themes(): Record<string, string> {
    return {
      '': msg('as the page', { id: 'embed.theme-page' }),
      light: msg('light', { id: 'embed.theme-light' }),
      dark: msg('dark', { id: 'embed.theme-dark' }),
    };
  },
  get controls(): string {
    return msg('readers may', { id: 'embed.controls' });
  },
  get whichControls(): Record<string, string> {
    return {
      '': msg('do all that there is', { id: 'embed.controls-all' }),
      run: msg('train it', { id: 'embed.controls-run' }),
      none: msg('look at it', { id: 'embed.controls-none' }),
    };
  },
  get height(): string {
    return msg('height, px', { id: 'embed.height' });
  },
  get grows(): string {
    return msg('becomes as high as the figure (a small script)', { id: 'embed.grows' });
  },
  get cite(): string {
    return msg('Cite and repeat', { id: 'embed.cite' });
  },
  get citePlain(): string {
    return msg('As a text', { id: 'embed.cite-plain' });
  },
  get again(): string {
    return msg('Make this run again', { id: 'embed.again' });
  },
  get againWhat(): string {
    return msg(
      'On the command line, with Node. On the same kind of device it gives the same bits; its file opens here under “Add from a file”, or with “npx scaling-lab open”.',
      { id: 'embed.again-what' },
    );
  },
  get line(): string {
    return msg('One line', { id: 'embed.line' });
  },
  get preview(): string {
    return msg('What it looks like', { id: 'embed.preview' });
  },
  get copy(): string {
    return msg('Copy', { id: 'embed.copy' });
  },
  get copied(): string {
    return msg('Copied.', { id: 'embed.copied' });
  },
  get byHand(): string {
    return msg('The browser keeps its clipboard closed: select the text and copy it.', {
      id: 'embed.by-hand',
    });
  },
  get close(): string {
    return msg('Close', { id: 'embed.close' });
  },
};
