/** What the first page says. */
import { msg, str } from '../../msg.ts';
export const strings = {
  get title(): string {
    return msg('Scaling Lab', { id: 'home.title' });
  },
  get description(): string {
    return msg(
      'Train tiny neural networks on your own GPU, in the browser, and test the claims about scaling and emergence for yourself.',
      { id: 'home.description' },
    );
  },
  get heading(): string {
    return msg('Bigger models suddenly get it.', { id: 'home.heading' });
  },
  get doubt(): string {
    return msg('Do they?', { id: 'home.doubt' });
  },
  get lede(): string {
    return msg(
      'Train dozens of tiny neural networks on your own GPU, right in this page, and test the claims about scaling and emergence for yourself. Predict, run, and see what your numbers say.',
      { id: 'home.lede' },
    );
  },
  begin: (question: string): string => msg(str`Begin: ${question}`, { id: 'home.begin' }),
  goOn: (question: string): string => msg(str`Continue: ${question}`, { id: 'home.go-on' }),
  get freely(): string {
    return msg('Or play freely', { id: 'home.freely' });
  },
  get path(): string {
    return msg('The path', { id: 'home.path' });
  },
  get pathNote(): string {
    return msg(
      'Each lesson asks one question. You predict, your device runs the experiment, and your own numbers decide.',
      { id: 'home.path-note' },
    );
  },
  groups: {
    get begin(): string {
      return msg('Begin', { id: 'home.groups.begin' });
    },
    get emergence(): string {
      return msg('Emergence', { id: 'home.groups.emergence' });
    },
    get laws(): string {
      return msg('Laws', { id: 'home.groups.laws' });
    },
    get costs(): string {
      return msg('Costs', { id: 'home.groups.costs' });
    },
    get own(): string {
      return msg('Your own', { id: 'home.groups.own' });
    },
  },
  minutes: (count: number): string => msg(str`${count} min`, { id: 'home.minutes' }),
  aboutMinutes: (count: number): string => msg(str`about ${count} min`, { id: 'home.about-minutes' }),
  states: {
    get begun(): string {
      return msg('begun', { id: 'home.states.begun' });
    },
    get run(): string {
      return msg('run', { id: 'home.states.run' });
    },
    get checked(): string {
      return msg('done', { id: 'home.states.checked' });
    },
  },
  get sandbox(): string {
    return msg('Play freely', { id: 'home.sandbox' });
  },
  cards: {
    shape: {
      get heading(): string {
        return msg('An MLP learns a shape', { id: 'home.cards.shape.heading' });
      },
      get text(): string {
        return msg(
          'Points in two colours, wound into each other. A small network bends the plane until it can tell them apart.',
          { id: 'home.cards.shape.text' },
        );
      },
      get cta(): string {
        return msg('Teach it a shape', { id: 'home.cards.shape.cta' });
      },
    },
    language: {
      get heading(): string {
        return msg('A transformer learns a language', { id: 'home.cards.language.heading' });
      },
      get text(): string {
        return msg(
          'A made-up language whose entropy is known exactly. The loss falls in stairs towards a floor that no model can pass.',
          { id: 'home.cards.language.text' },
        );
      },
      get cta(): string {
        return msg('Teach it a language', { id: 'home.cards.language.cta' });
      },
    },
  },
  get asking(): string {
    return msg('Looking for your GPU …', { id: 'home.asking' });
  },
  ready: (name: string): string => msg(str`Your GPU: ${name}`, { id: 'home.ready' }),
  get slow(): string {
    return msg('No graphics to train on: lessons train on the processor, slowly.', { id: 'home.slow' });
  },
};
