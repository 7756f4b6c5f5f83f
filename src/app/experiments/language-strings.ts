/** What the page about the language says. */
export const strings = {
  title: 'A transformer learns a language',
  description:
    'Watch a transformer learn a made-up language whose entropy is known exactly, live on your own GPU.',
  lede: 'We made this language up, so we know exactly how predictable it is. No model can ever get below that line. How close does yours come, and in which steps?',
  chartLabel: 'Loss of the transformer during training',
  chartCaption: 'Loss in nats per symbol; the entropy is the least that any model can reach.',
  guess: (loss: string): string => `guessing among 64 symbols: ${loss}`,
  floor: (loss: string): string => `entropy, the floor: ${loss}`,
  plateaus: ['how often each symbol occurs', 'knowing 1 symbol back', 'knowing 2 symbols back'],
  showPlateaus: 'Show what each step of memory is worth',
  samples: 'What it writes',
  samplesCaption:
    'Grey: given. Marked: the same symbol as in the true text at that place. Below each: how surprising the text is under the true rules; a perfect writer averages the entropy.',
  attention: 'Where it looks',
  attentionLabel: (layer: number, head: number): string =>
    `Attention weights of layer ${layer}, head ${head}: rows look at columns`,
  attentionHint:
    'Each row is a symbol looking back at those before it; darker is more. Point at a square to read it.',
  noAttention: 'A model without layers looks nowhere but at the last symbol.',
  layer: 'layer',
  head: 'head',
  text: 'text',
  how: [
    [
      'Loss in nats',
      'is the mean surprise at the next symbol. exp(loss) is the number of symbols it is as if choosing among: ln 64 = 4.16 nats is a blind guess among 64.',
    ],
    [
      'Entropy floor',
      'is the surprise that is left when one knows the rules themselves. The rest is chance, and chance cannot be learned.',
    ],
    ['Context', 'is how many symbols the model sees. The rules look at the last three only.'],
    [
      'Replicas',
      'are models trained side by side, alike but for their seed. The band shows how far luck alone takes them apart.',
    ],
  ],
  what: [
    'The next symbol depends on the last three in a fixed way, most of the time. The curve does not fall evenly: first the model learns which symbols are common, then what one symbol back tells, then two, then three. Each discovery is a step down from a plateau.',
    'When it has found the third, watch where the heads look: some have learned to look exactly one, two or three places back.',
  ],
  tries: [
    ['No layers', ': only the last symbol can help. Which line does it stop at?', { layers: 0 }],
    ['One layer, one head', ': is one look back enough for three symbols?', { layers: 1, heads: 1 }],
    ['A tenth of the learning rate', ': the same stairs, later.', { learningRate: 3e-4 }],
    ['Four seeds at once', ': do all find the steps at the same time?', { replicas: 4, width: 32 }],
  ],
  verdict: (held: string, above: string, choices: string): string =>
    `Held-out loss ${held} nats, ${above} above the floor: as if choosing among ${choices} equally likely symbols.`,
  notYet: 'Untrained, the model finds all 64 symbols equally likely: 4.16 nats.',
  knobs: {
    length: ['context', 'How many symbols the model sees at once.'],
    layers: ['layers', 'How many blocks of attention and MLP stand on each other.'],
    width: ['width', 'How many numbers carry each symbol through the model.'],
    heads: ['heads', 'How many places each layer can look at, for different purposes.'],
  },
} as const;
