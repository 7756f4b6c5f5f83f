/**
 * Runs before the lab in a SCORM package. The package's page says by `data-course` which lesson it is of, and by
 * `data-right` which of the four options of its question is right (build/courses).
 */
import { GIVEN } from '../class/given.ts';
import type { Prediction } from '../../components/index.ts';
import { type Progress, ProgressEvent, type SoFar } from '../frame/progress.ts';
import { loadAnswers } from '../class/concept-store.ts';
import { beginIn, bringBack, forgetOthers, fresh } from './kept.ts';
import { reportOf } from './score.ts';
import { Course } from './scorm.ts';
import { readSuspended, type Suspended, writeSuspended } from './suspended.ts';

type Told = Pick<ProgressEvent, 'lesson' | 'progress' | 'soFar'>;

const OBJECTIVES = ['prediction', 'verdict', 'check'] as const;
/** As SCORM names options. */
const LETTERS = 'abcd';

const { course: lesson = '', language, right: rightOption } = document.documentElement.dataset;
const right = Number(rightOption);
const course = Course.begin(window);
let state: Suspended = fresh();

if (course) {
  forgetOthers(course.get('cmi.core.student_id'));
  state = readSuspended(course.get('cmi.suspend_data')) ?? state;
  bringBack(lesson, state);
  tell();
}
beginIn(language);
// Courses hand on no hash, and some add words of their own.
if (/^#?\/?$/.test(location.hash)) history.replaceState(null, '', `#/lesson/${lesson}`);

document.addEventListener(ProgressEvent.type, (event) => {
  // Of the lab's own class, of which this program has another copy.
  const { lesson: of, soFar, progress } = event as Event & Told;
  if (of === lesson && soFar) hear(soFar, progress);
});
// The lesson's question of four options was answered.
document.addEventListener(GIVEN, () => {
  const answers = loadAnswers(lesson);
  if (answers.before === state.before && answers.after === state.after) return;
  if (answers.after !== undefined && state.after === undefined) {
    log('question', 'choice', {
      student_response: LETTERS[answers.after]!,
      'correct_responses.0.pattern': LETTERS[right]!,
      result: answers.after === right ? 'correct' : 'wrong',
    });
  }
  state = { ...state, ...answers };
  tell();
});
// Phones end pages that are not seen without a word.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') course?.commit();
});
addEventListener('pagehide', () => course?.finish());
// A course that has ended does not begin again in the same page.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

function hear({ prediction, seen, points, outcome, right: isRight }: SoFar, progress: Progress): void {
  const before = state;
  const isChecked = progress === 'checked';
  state = {
    ...state,
    prediction: prediction && { kind: prediction.kind, points: prediction.points.map(([x, y]) => [x, y]) },
    // What was seen stays seen, and the first answer is the one that counts.
    seen: state.seen || seen,
    points: points ?? state.points,
    outcome: outcome ?? state.outcome,
    checked: state.checked || isChecked,
    right: state.checked ? state.right : isChecked ? isRight : undefined,
  };
  if (state.points !== undefined && before.points === undefined && prediction)
    log('prediction', 'performance', { student_response: asText(prediction), result: String(state.points) });
  if (outcome !== undefined && outcome !== before.outcome)
    log('verdict', 'fill-in', { student_response: outcome });
  if (isChecked && !before.checked)
    log('check', 'performance', {
      result: isRight === undefined ? 'neutral' : isRight ? 'correct' : 'wrong',
    });
  tell();
}

/** All that the course is to know, each time: it may have lost what came before. */
function tell(): void {
  if (!course) return;
  const { score, status, check } = reportOf(state, right);
  const { prediction, seen, points, outcome } = state;
  course.set('cmi.suspend_data', writeSuspended(state));
  course.set('cmi.core.score.min', 0);
  course.set('cmi.core.score.max', 100);
  course.set('cmi.core.score.raw', score);
  // What somebody has decided is not taken back.
  if (!/^(completed|passed|failed)$/.test(course.get('cmi.core.lesson_status')))
    course.set('cmi.core.lesson_status', status);
  const done = {
    prediction: prediction ? 'completed' : 'not attempted',
    verdict: outcome !== undefined || seen ? 'completed' : 'not attempted',
    check: { open: 'not attempted', right: 'passed', wrong: 'failed', answered: 'completed' }[check],
  };
  OBJECTIVES.forEach((name, i) => {
    course.set(`cmi.objectives.${i}.id`, name);
    course.set(`cmi.objectives.${i}.status`, done[name]);
    if (name === 'prediction' && points !== undefined) course.set(`cmi.objectives.${i}.score.raw`, points);
  });
  course.commit();
}

/** One answer, for the course's own report. */
function log(id: string, type: 'choice' | 'performance' | 'fill-in', said: Record<string, string>): void {
  if (!course) return;
  const at = `cmi.interactions.${course.count('cmi.interactions')}`;
  course.set(`${at}.id`, id);
  course.set(`${at}.type`, type);
  for (const [key, value] of Object.entries(said)) course.set(`${at}.${key}`, value);
}

/** The letters of an answer, at most 255 of them. */
const asText = ({ kind, points }: Prediction): string =>
  `${kind} ${points.map(([x, y]) => `${x.toPrecision(3)},${y.toPrecision(3)}`).join(' ')}`.slice(0, 255);
