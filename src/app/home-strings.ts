/** What the first page says. */
export const strings = {
  title: 'Scaling Lab',
  description: 'Train tiny neural networks on your own GPU, live, in this page.',
  heading: 'Watch a network learn, on your own GPU.',
  lede: 'Two small experiments train real networks right here: nothing is uploaded, nothing is recorded. Turn a knob, run again, and see what changes.',
  cards: {
    shape: {
      heading: 'An MLP learns a shape',
      text: 'Points in two colours, wound into each other. A small network bends the plane until it can tell them apart.',
      cta: 'Teach it a shape',
      picture: 'A plane whose colours are bent into two spirals, as a network learns them',
    },
    language: {
      heading: 'A transformer learns a language',
      text: 'A made-up language whose entropy is known exactly. The loss falls in stairs towards a floor that no model can pass.',
      cta: 'Teach it a language',
      picture: 'A loss curve that falls in stairs from a guess to the entropy',
      guess: 'guessing',
      floor: 'entropy: no model can do better',
    },
  },
  asking: 'Looking for your GPU …',
  ready: (name: string): string => `Your GPU: ${name}`,
  slow: (name: string): string => `No graphics processor found: ${name} will do, slowly`,
} as const;
