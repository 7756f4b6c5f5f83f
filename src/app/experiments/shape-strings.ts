/** What the page about shapes says. */
export const strings = {
  title: 'An MLP learns a shape',
  description:
    'Watch a small neural network learn to tell apart spirals, rings and checkerboards, live on your own GPU.',
  lede: 'A network sees points in the plane and must say which colour belongs where. Nobody tells it about spirals. Watch it bend its answer until it fits.',
  surface: 'What the network answers',
  surfaceLabel: (kind: string, accuracy: string): string =>
    `The plane coloured by the network’s answer, with the training points (${kind}) over it. Held-out accuracy ${accuracy}.`,
  surfaceCaption: 'Strong colour: it is sure. Pale: it could be either. Dots: the points it learns from.',
  chartLabel: 'Loss of the MLP during training',
  chartCaption: 'Loss in nats at each step, and on held-out points.',
  guess: (loss: string): string => `guessing: ${loss}`,
  how: [
    [
      'Loss',
      'is how surprised the network is by the right colour, in nats: 0 is certainty, 0.69 (ln 2) a coin toss between two colours.',
    ],
    [
      'Training loss',
      'is measured on the batch that the step learns from, before it learns; so it jumps about.',
    ],
    [
      'Held-out loss',
      'is measured on 1,024 fresh points of the same shape that the network never learns from.',
    ],
    [
      'Replicas',
      'are networks trained side by side, alike but for their seed. The band shows how far luck alone takes them apart.',
    ],
  ],
  what: [
    'The two curves fall together while the network finds the shape. Where the held-out curve turns up again, it has begun to learn the noise by heart.',
    'A network without hidden layers can only draw straight borders. Each layer of relu adds folds to the plane; with enough folds, a spiral.',
  ],
  tries: [
    ['No hidden layer', ': how far does a straight line get?', { hidden: [] }],
    [
      'Much noise, few points',
      ': watch it learn the noise by heart.',
      { noise: 0.3, points: 64, hidden: [64, 64] },
    ],
    [
      'Eight seeds at once',
      ': does every network find the rings?',
      { kind: 'rings', hidden: [4], replicas: 8 },
    ],
    ['Squares instead of relu', ': smooth borders, easily unstable.', { activation: 'square' }],
  ],
  verdict: (accuracy: string, held: string): string =>
    `On points it has never seen, the network names the right colour ${accuracy} of the time; held-out loss ${held}.`,
  gap: (gap: string): string =>
    `The held-out loss is ${gap} above the best it has been: it is learning by heart.`,
  notYet: 'Untrained, the network guesses: about half right with two colours.',
  knobs: {
    kind: ['shape', 'The shape that the colours form.'],
    kinds: { spirals: 'spirals', rings: 'rings', checkerboard: 'checkerboard', clusters: 'clusters' },
    classes: ['colours', 'How many colours (classes) there are.'],
    noise: ['noise', 'How far points stray from the shape.'],
    points: ['points', 'How many points the network learns from.'],
    hidden: ['hidden layers', 'The width of each hidden layer.'],
    activation: [
      'activation',
      'The bend between two layers: without one, any stack is a single straight layer.',
    ],
  },
} as const;
