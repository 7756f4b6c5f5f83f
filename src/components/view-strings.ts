/** What the knobs, changes, answers and pictures of a model say; bars and charts have words of their own (strings.ts). */
import { msg, str } from '../msg.ts';

export const strings = {
  changes: {
    get pending(): string {
      return msg('Changed, takes effect on restart:', { id: 'c.changes.pending' });
    },
    get previous(): string {
      return msg('Changed since the last run:', { id: 'c.changes.previous' });
    },
    get defaults(): string {
      return msg('Changed:', { id: 'c.changes.defaults' });
    },
  },
  undo: (label: string, value: string): string => msg(str`Undo: ${label} back to ${value}`, { id: 'c.undo' }),
  more: (label: string): string => msg(str`${label}: more`, { id: 'c.more' }),
  less: (label: string): string => msg(str`${label}: less`, { id: 'c.less' }),
  get addLayer(): string {
    return msg('Add a hidden layer', { id: 'c.add-layer' });
  },
  get removeLayer(): string {
    return msg('Remove the last hidden layer', { id: 'c.remove-layer' });
  },
  layerWidth: (layer: number): string => msg(str`Width of hidden layer ${layer}`, { id: 'c.layer-width' }),
  get query(): string {
    return msg('looking from', { id: 'c.query' });
  },
  get key(): string {
    return msg('at', { id: 'c.key' });
  },
  attentionCell: (query: string, at: number, key: string, from: number, weight: string): string =>
    msg(str`position ${at} “${query}” looks at position ${from} “${key}”: ${weight}`, {
      id: 'c.attention-cell',
    }),
  get attentionHelp(): string {
    return msg('Arrow keys move over the weights.', { id: 'c.attention-help' });
  },
  get notInRun(): string {
    return msg('Your run did not give this number', { id: 'c.not-in-run' });
  },
  get prompt(): string {
    return msg('given', { id: 'c.prompt' });
  },
  get generated(): string {
    return msg('model', { id: 'c.generated' });
  },
  get truth(): string {
    return msg('truth', { id: 'c.truth' });
  },
  nats: (value: string): string => msg(str`${value} nats per symbol`, { id: 'c.nats' }),
  get answers(): string {
    return msg('Answers', { id: 'c.answers' });
  },
  get answerRight(): string {
    return msg('Your run agrees.', { id: 'c.answer-right' });
  },
  get answerWrong(): string {
    return msg('Your run says otherwise: the marked answer is the right one this time.', {
      id: 'c.answer-wrong',
    });
  },
  get answerOpen(): string {
    return msg('Noted. Run the experiment: your own numbers will decide.', { id: 'c.answer-open' });
  },
};
