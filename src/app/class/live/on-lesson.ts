/** What a lesson's page does in a live class: it sends the prediction, the answers and the result, and says where the class is. */
import { toWire } from '../../../class/codec.ts';
import { MEMBER_KEYS } from '../../../class/live.ts';
import { memberResult, told } from '../../../class/result.ts';
import { define } from '../../../components/define.ts';
import { pageHere } from '../../sharing/address-watch.ts';
import { loadAnswers } from '../concept-store.ts';
import { GIVEN, isChanged } from '../given.ts';
import { givenOf } from '../given-of.ts';
import type { LessonGive } from '../lesson-give.ts';
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
  const [, lesson] = /^lesson\/(.+)$/.exec(pageHere()) ?? [];
  if (!given || lesson === undefined) return;
  const { run, prediction } = given;
  const { before } = loadAnswers(lesson);
  tell(
    MEMBER_KEYS.said + lesson,
    JSON.stringify({ lesson, prediction: prediction && told(prediction), before }),
  );
  if (run?.lesson !== lesson || isChanged(run)) return;
  const all = await givenOf(run, prediction);
  if (all) tell(MEMBER_KEYS.result + lesson, JSON.stringify(toWire(memberResult(all))));
}
