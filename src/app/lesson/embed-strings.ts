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
  get inside(): string {
    return msg('with pictures of the inside', { id: 'embed.inside' });
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
