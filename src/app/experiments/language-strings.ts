/** What the page about the language says. */
import { msg, str } from '../../msg.ts';
import type { KnobValues } from '../../components/index.ts';
export const strings = {
  get title(): string {
    return msg('A transformer learns a language', { id: 'language.title' });
  },
  get lede(): string {
    return msg(
      'We made this language up, so we know exactly how predictable it is. No model can ever get below that line. How close does yours come, and in which steps?',
      { id: 'language.lede' },
    );
  },
  get chartLabel(): string {
    return msg('Loss of the transformer during training', { id: 'language.chart-label' });
  },
  get chartCaption(): string {
    return msg('Loss in nats per symbol; the entropy is the least that any model can reach.', {
      id: 'language.chart-caption',
    });
  },
  guess: (loss: string): string => msg(str`guessing among 64 symbols: ${loss}`, { id: 'language.guess' }),
  floor: (loss: string): string => msg(str`entropy, the floor: ${loss}`, { id: 'language.floor' }),
  get plateaus(): string[] {
    return [
      msg('how often each symbol occurs', { id: 'language.plateaus-1' }),
      msg('knowing 1 symbol back', { id: 'language.plateaus-2' }),
      msg('knowing 2 symbols back', { id: 'language.plateaus-3' }),
    ];
  },
  get showPlateaus(): string {
    return msg('Show what each step of memory is worth', { id: 'language.show-plateaus' });
  },
  get samples(): string {
    return msg('What it writes', { id: 'language.samples' });
  },
  get samplesCaption(): string {
    return msg(
      'Grey: given. Marked: the same symbol as in the true text at that place. Below each: how surprising the text is under the true rules; a perfect writer averages the entropy.',
      { id: 'language.samples-caption' },
    );
  },
  get attention(): string {
    return msg('Where it looks', { id: 'language.attention' });
  },
  attentionLabel: (layer: number, head: number): string =>
    msg(str`Attention weights of layer ${layer}, head ${head}: rows look at columns`, {
      id: 'language.attention-label',
    }),
  get attentionHint(): string {
    return msg(
      'Each row is a symbol looking back at those before it; darker is more. Point at a square to read it.',
      { id: 'language.attention-hint' },
    );
  },
  get noAttention(): string {
    return msg('A model without layers looks nowhere but at the last symbol.', {
      id: 'language.no-attention',
    });
  },
  get layer(): string {
    return msg('layer', { id: 'language.layer' });
  },
  get head(): string {
    return msg('head', { id: 'language.head' });
  },
  get text(): string {
    return msg('text', { id: 'language.text' });
  },
  get how(): [string, string][] {
    return [
      [
        msg('Loss in nats', { id: 'language.how-1-1' }),
        msg(
          'is the mean surprise at the next symbol. exp(loss) is the number of symbols it is as if choosing among: ln 64 = 4.16 nats is a blind guess among 64.',
          { id: 'language.how-1-2' },
        ),
      ],
      [
        msg('Entropy floor', { id: 'language.how-2-1' }),
        msg(
          'is the surprise that is left when one knows the rules themselves. The rest is chance, and chance cannot be learned.',
          { id: 'language.how-2-2' },
        ),
      ],
      [
        msg('Context', { id: 'language.how-3-1' }),
        msg('is how many symbols the model sees. The rules look at the last three only.', {
          id: 'language.how-3-2',
        }),
      ],
      [
        msg('Replicas', { id: 'language.how-4-1' }),
        msg(
          'are models trained side by side, alike but for their seed. The band shows how far luck alone takes them apart.',
          { id: 'language.how-4-2' },
        ),
      ],
    ];
  },
  get what(): string[] {
    return [
      msg(
        'The next symbol depends on the last three in a fixed way, most of the time. The curve does not fall evenly: first the model learns which symbols are common, then what one symbol back tells, then two, then three. Each discovery is a step down from a plateau.',
        { id: 'language.what-1' },
      ),
      msg(
        'When it has found the third, watch where the heads look: some have learned to look exactly one, two or three places back.',
        { id: 'language.what-2' },
      ),
    ];
  },
  get tries(): [string, string, KnobValues][] {
    return [
      [
        msg('No layers', { id: 'language.tries-1-1' }),
        msg(': only the last symbol can help. Which line does it stop at?', { id: 'language.tries-1-2' }),
        { layers: 0 },
      ],
      [
        msg('One layer, one head', { id: 'language.tries-2-1' }),
        msg(': is one look back enough for three symbols?', { id: 'language.tries-2-2' }),
        { layers: 1, heads: 1 },
      ],
      [
        msg('A tenth of the learning rate', { id: 'language.tries-3-1' }),
        msg(': the same stairs, later.', { id: 'language.tries-3-2' }),
        { learningRate: 3e-4 },
      ],
      [
        msg('Four seeds at once', { id: 'language.tries-4-1' }),
        msg(': do all find the steps at the same time?', { id: 'language.tries-4-2' }),
        { replicas: 4, width: 32 },
      ],
    ];
  },
  verdict: (held: string, above: string, choices: string): string =>
    msg(
      str`Held-out loss ${held} nats, ${above} above the floor: as if choosing among ${choices} equally likely symbols.`,
      { id: 'language.verdict' },
    ),
  get notYet(): string {
    return msg('Untrained, the model finds all 64 symbols equally likely: 4.16 nats.', {
      id: 'language.not-yet',
    });
  },
  knobs: {
    get length(): [string, string] {
      return [
        msg('context', { id: 'language.knobs.length-1' }),
        msg('How many symbols the model sees at once.', { id: 'language.knobs.length-2' }),
      ];
    },
    get layers(): [string, string] {
      return [
        msg('layers', { id: 'language.knobs.layers-1' }),
        msg('How many blocks of attention and MLP stand on each other.', { id: 'language.knobs.layers-2' }),
      ];
    },
    get width(): [string, string] {
      return [
        msg('width', { id: 'language.knobs.width-1' }),
        msg('How many numbers carry each symbol through the model.', { id: 'language.knobs.width-2' }),
      ];
    },
    get heads(): [string, string] {
      return [
        msg('heads', { id: 'language.knobs.heads-1' }),
        msg('How many places each layer can look at, for different purposes.', {
          id: 'language.knobs.heads-2',
        }),
      ];
    },
  },
};
