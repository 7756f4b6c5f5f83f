/** What the page about shapes says. */
import { msg, str } from '../../msg.ts';
import type { KnobValues } from '../../components/index.ts';
export const strings = {
  get title(): string {
    return msg('An MLP learns a shape', { id: 'shape.title' });
  },
  get lede(): string {
    return msg(
      'A network sees points in the plane and must say which colour belongs where. Nobody tells it about spirals. Watch it bend its answer until it fits.',
      { id: 'shape.lede' },
    );
  },
  get surface(): string {
    return msg('What the network answers', { id: 'shape.surface' });
  },
  surfaceLabel: (kind: string, accuracy: string): string =>
    msg(
      str`The plane coloured by the network’s answer, with the training points (${kind}) over it. Held-out accuracy ${accuracy}.`,
      { id: 'shape.surface-label' },
    ),
  get surfaceCaption(): string {
    return msg('Strong colour: it is sure. Pale: it could be either. Dots: the points it learns from.', {
      id: 'shape.surface-caption',
    });
  },
  get chartLabel(): string {
    return msg('Loss of the MLP during training', { id: 'shape.chart-label' });
  },
  get chartCaption(): string {
    return msg('Loss in nats at each step, and on held-out points.', { id: 'shape.chart-caption' });
  },
  guess: (loss: string): string => msg(str`guessing: ${loss}`, { id: 'shape.guess' }),
  get how(): [string, string][] {
    return [
      [
        msg('Loss', { id: 'shape.how-1-1' }),
        msg(
          'is how surprised the network is by the right colour, in nats: 0 is certainty, 0.69 (ln 2) a coin toss between two colours.',
          { id: 'shape.how-1-2' },
        ),
      ],
      [
        msg('Training loss', { id: 'shape.how-2-1' }),
        msg('is measured on the batch that the step learns from, before it learns; so it jumps about.', {
          id: 'shape.how-2-2',
        }),
      ],
      [
        msg('Held-out loss', { id: 'shape.how-3-1' }),
        msg('is measured on 1,024 fresh points of the same shape that the network never learns from.', {
          id: 'shape.how-3-2',
        }),
      ],
      [
        msg('Replicas', { id: 'shape.how-4-1' }),
        msg(
          'are networks trained side by side, alike but for their seed. The band shows how far luck alone takes them apart.',
          { id: 'shape.how-4-2' },
        ),
      ],
    ];
  },
  get what(): string[] {
    return [
      msg(
        'The two curves fall together while the network finds the shape. Where the held-out curve turns up again, it has begun to learn the noise by heart.',
        { id: 'shape.what-1' },
      ),
      msg(
        'A network without hidden layers can only draw straight borders. Each layer of relu adds folds to the plane; with enough folds, a spiral.',
        { id: 'shape.what-2' },
      ),
    ];
  },
  get tries(): [string, string, KnobValues][] {
    return [
      [
        msg('No hidden layer', { id: 'shape.tries-1-1' }),
        msg(': how far does a straight line get?', { id: 'shape.tries-1-2' }),
        { hidden: [] },
      ],
      [
        msg('Much noise, few points', { id: 'shape.tries-2-1' }),
        msg(': watch it learn the noise by heart.', { id: 'shape.tries-2-2' }),
        { noise: 0.3, points: 64, hidden: [64, 64] },
      ],
      [
        msg('Eight seeds at once', { id: 'shape.tries-3-1' }),
        msg(': does every network find the rings?', { id: 'shape.tries-3-2' }),
        { kind: 'rings', hidden: [4], replicas: 8 },
      ],
      [
        msg('Squares instead of relu', { id: 'shape.tries-4-1' }),
        msg(': smooth borders, easily unstable.', { id: 'shape.tries-4-2' }),
        { activation: 'square' },
      ],
    ];
  },
  verdict: (accuracy: string, held: string): string =>
    msg(
      str`On points it has never seen, the network names the right colour ${accuracy} of the time; held-out loss ${held}.`,
      { id: 'shape.verdict' },
    ),
  gap: (gap: string): string =>
    msg(str`The held-out loss is ${gap} above the best it has been: it is learning by heart.`, {
      id: 'shape.gap',
    }),
  get notYet(): string {
    return msg('Untrained, the network guesses: about half right with two colours.', { id: 'shape.not-yet' });
  },
  knobs: {
    get kind(): [string, string] {
      return [
        msg('shape', { id: 'shape.knobs.kind-1' }),
        msg('The shape that the colours form.', { id: 'shape.knobs.kind-2' }),
      ];
    },
    kinds: {
      get spirals(): string {
        return msg('spirals', { id: 'shape.knobs.kinds.spirals' });
      },
      get rings(): string {
        return msg('rings', { id: 'shape.knobs.kinds.rings' });
      },
      get checkerboard(): string {
        return msg('checkerboard', { id: 'shape.knobs.kinds.checkerboard' });
      },
      get clusters(): string {
        return msg('clusters', { id: 'shape.knobs.kinds.clusters' });
      },
    },
    get classes(): [string, string] {
      return [
        msg('colours', { id: 'shape.knobs.classes-1' }),
        msg('How many colours (classes) there are.', { id: 'shape.knobs.classes-2' }),
      ];
    },
    get noise(): [string, string] {
      return [
        msg('noise', { id: 'shape.knobs.noise-1' }),
        msg('How far points stray from the shape.', { id: 'shape.knobs.noise-2' }),
      ];
    },
    get points(): [string, string] {
      return [
        msg('points', { id: 'shape.knobs.points-1' }),
        msg('How many points the network learns from.', { id: 'shape.knobs.points-2' }),
      ];
    },
    get hidden(): [string, string] {
      return [
        msg('hidden layers', { id: 'shape.knobs.hidden-1' }),
        msg('The width of each hidden layer.', { id: 'shape.knobs.hidden-2' }),
      ];
    },
    get activation(): [string, string] {
      return [
        msg('activation', { id: 'shape.knobs.activation-1' }),
        msg('The bend between two layers: without one, any stack is a single straight layer.', {
          id: 'shape.knobs.activation-2',
        }),
      ];
    },
  },
};
