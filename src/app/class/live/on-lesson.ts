/** What a lesson's page does in a live class: it sends the prediction, the answers and the result, and says where the class is. */
import { toWire } from '../../../class/codec.ts';
import { MEMBER_KEYS } from '../../../class/live.ts';
import { memberResult } from '../../../class/result.ts';
import { define } from '../../../components/define.ts';
import type { Prediction } from '../../../components/index.ts';
import { hashHere } from '../../frame/site.ts';
import { readAddress } from '../../sharing/address.ts';
import { loadAnswers } from '../concept-store.ts';
import { forClassOf } from '../for-class.ts';
import { GIVEN, isChanged } from '../given.ts';
import type { LessonGive } from '../lesson-give.ts';
import { membership } from '../membership.ts';
import { LiveBar } from './live-bar.ts';
import { tell } from './session.ts';
import './style.ts';

define('live-bar', LiveBar);
if (!document.querySelector('live-bar')) document.body.append(new LiveBar());

document.addEventListener(GIVEN, () => void give());
void give();

/** The page has the element once the learner has predicted, or has given up predicting. */
async function give(): Promise<void> {
  const given = document.querySelector<LessonGive>('lesson-give');
  const [, lesson] = /^lesson\/(.+)$/.exec(readAddress(hashHere()).page) ?? [];
  if (!given || lesson === undefined) return;
  const { run, prediction: drawn } = given;
  const prediction = drawn && pointsOf(drawn);
  const answers = loadAnswers(lesson);
  tell(
    MEMBER_KEYS.said + lesson,
    JSON.stringify({
      lesson,
      ...(prediction && { prediction }),
      ...(answers.before !== undefined && { before: answers.before }),
    }),
  );
  if (run?.lesson !== lesson || isChanged(run)) return;
  const about = await forClassOf(lesson);
  if (!about) return;
  const result = memberResult({
    run,
    pooled: about.pooled,
    member: membership().member,
    ...(prediction && { prediction }),
    ...answers,
  });
  tell(MEMBER_KEYS.result + lesson, JSON.stringify(toWire(result)));
}

const MOST_POINTS = 12;

/** As many points as a result may have. */
function pointsOf({ kind, points }: Prediction): { kind: Prediction['kind']; points: [number, number][] } {
  const kept =
    points.length <= MOST_POINTS
      ? points
      : Array.from(
          { length: MOST_POINTS },
          (_, i) => points[Math.round((i * (points.length - 1)) / (MOST_POINTS - 1))]!,
        );
  return { kind, points: kept.map(([x, y]): [number, number] => [x, y]) };
}
