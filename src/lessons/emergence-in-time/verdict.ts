/** The verdict of emergence-in-time: whether understanding came long after memory, and not in the controls. */
import type { RunResult } from '../../worker/protocol.ts';
import type { Verdict } from '../lesson.ts';
import { known, notEnough } from '../shared/evidence.ts';
import { text } from '../shared/text.ts';
import { COPIES, LEVELS, type Measured, numbersOf } from './measured.ts';
import { parityNumbers, paritySentence } from './parity.ts';

const LEAST_RATIO = 3;
const MOST_CONTROL = 0.1;

const CANNOT_COPY = 0.4;

export const REFUTED_BY = text(
  `Held-out accuracy passing 95% before ${LEAST_RATIO} times the step at which training passed 99%; a control without weight decay above ${MOST_CONTROL}; or one layer copying as well as two.`,
  `留出准确率在训练准确率超过 99% 的步数的 ${LEAST_RATIO} 倍之前就超过 95%；不用权重衰减的对照高于 ${MOST_CONTROL}；或者一层复制得和两层一样好。`,
);

/** Parity stands beside the verdict, which rests on grokking and on copying. */
export function withParity(verdict: Verdict, run: RunResult | undefined): Verdict {
  if (!run) return verdict;
  const numbers = parityNumbers(run);
  const more = paritySentence(numbers);
  const { sentence } = verdict;
  return {
    ...verdict,
    numbers: { ...verdict.numbers, ...known({ ...numbers }) },
    ...(more && { sentence: text(sentence.en + more.en, sentence.zh + more.zh) }),
  };
}

export function verdictOf(measured: Measured): Verdict {
  const { delays, seeds, squaredDelays } = measured;
  const { controlAccuracy, controlTrainAccuracy, twoLayers, oneLayer, copyStep } = measured;
  const { trainStep, testStep, ratio } = numbersOf(delays);
  const squaredStep = numbersOf(squaredDelays).testStep;
  const numbers = known({
    trainStep,
    testStep,
    ratio,
    controlAccuracy,
    squaredStep,
    inductionTwoLayers: twoLayers,
    inductionOneLayer: oneLayer,
    copyStep,
  });
  const enough = (reason: [en: string, zh: string]): Verdict =>
    notEnough(text(...reason), REFUTED_BY, numbers);
  if (![controlAccuracy, controlTrainAccuracy, twoLayers, oneLayer].every(Number.isFinite)) {
    return enough(['A loss was no longer a finite number.', '有一次训练的损失已不是有限的数。']);
  }
  if (delays.length < seeds || controlTrainAccuracy < LEVELS.train) {
    return enough([
      'The network did not learn its own examples, so there is no delay to measure.',
      '网络没有学会训练用的样本，因此没有延迟可量。',
    ]);
  }
  if (delays.some(({ reached }) => !reached) || ratio === undefined) {
    return enough([
      'Held-out accuracy has not passed 95% in these steps; it may do so later.',
      '留出准确率在这些步里没有超过 95%；再训练下去也许会。',
    ]);
  }
  const holds =
    delays.every((delay) => delay.ratio >= LEAST_RATIO) &&
    controlAccuracy < MOST_CONTROL &&
    twoLayers >= COPIES &&
    oneLayer < CANNOT_COPY;
  const [two, one, control] = [twoLayers, oneLayer, controlAccuracy].map((number) => number.toFixed(2)) as [
    string,
    string,
    string,
  ];
  // It says what the control shows, and decides nothing: the claim is about when, not why.
  const squared =
    squaredStep === undefined
      ? text(', and with squared error it did not pass 95% either', '，改用均方误差也没有超过 95%')
      : text(
          `, but with squared error it passed 95% at step ${squaredStep}`,
          `，但改用均方误差，在第 ${squaredStep} 步就超过了 95%`,
        );
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers,
    sentence: text(
      `The examples were learned by step ${trainStep}, the rule by step ${testStep}, ${ratio.toFixed(1)} times as late; without weight decay held-out accuracy ended at ${control}${squared.en}. Two layers copy with accuracy ${two}, one with ${one}.`,
      `样本到第 ${trainStep} 步学会，规律到第 ${testStep} 步学会，晚到 ${ratio.toFixed(1)} 倍；不用权重衰减，留出准确率最后是 ${control}${squared.zh}。两层的复制准确率是 ${two}，一层是 ${one}。`,
    ),
    refutedBy: REFUTED_BY,
  };
}
