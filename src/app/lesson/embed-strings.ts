/** What the dialog says in which authors find how to embed a figure. */
import { msg } from '@lit/localize';

export const strings = {
  get embed(): string {
    return msg('Embed', { id: 'embed.embed' });
  },
  get title(): string {
    return msg('This figure in your own page', { id: 'embed.title' });
  },
  get what(): string {
    return msg('It shows the recorded run at once, and trains on your reader’s device when it is asked to.', {
      id: 'embed.what',
    });
  },
  get prediction(): string {
    return msg('with my prediction', { id: 'embed.prediction' });
  },
  get script(): string {
    return msg('As an element', { id: 'embed.script' });
  },
  get frame(): string {
    return msg('As an iframe, where scripts are not allowed', { id: 'embed.frame' });
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
