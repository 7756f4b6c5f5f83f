/** One class in memory, read from its documents: what the teacher has set, and what each member has said. */
import {
  type Counts,
  type MemberRow,
  type MemberSays,
  NO_COUNTS,
  type Plan,
  readMember,
  readPlan,
  type Summary,
} from '../class/live.ts';
import { toWire } from '../class/codec.ts';
import type { HandsCounts } from '../class/hands.ts';
import { against, countVerdicts, pooledCurve, shift } from '../class/pooled.ts';
import type { MemberResult } from '../class/result.ts';
import type { Expectations } from '../lessons/for-class.ts';
import type { Experiment } from './hands.ts';

/** What is said of a lesson where the class is counted. */
export interface LessonFacts {
  /** the pooled curve's horizontal axis is logarithmic */
  logX: boolean;
  /** name of the number that is predicted */
  value: string;
  /** place of the right answer to its question */
  right: number;
  expected: Expectations;
}

export interface Lessons {
  names: readonly string[];
  facts(lesson: string): Promise<LessonFacts | undefined>;
  /** What is handed out; nothing where the plan has no work for many hands. */
  experiment(plan: Plan): Experiment | undefined;
}

interface Member {
  says: MemberSays;
  sockets: number;
}

type Entries = Iterable<[string, unknown]>;

export class Classroom {
  plan: Plan;
  /** members whose entries on the board are not what they were */
  readonly changed = new Set<string>();
  /** counts and pooled numbers are not what they were */
  isChanged = true;
  facts: LessonFacts | undefined;
  /** of a shared experiment, how far it is */
  hands: HandsCounts | undefined;
  private readonly members = new Map<string, Member>();

  constructor(
    readonly code: string,
    readonly lessons: Lessons,
  ) {
    this.plan = readPlan([], lessons.names);
  }

  get lessonNames(): readonly string[] {
    return this.lessons.names;
  }

  /** How many have joined. */
  get size(): number {
    return this.members.size;
  }

  has(id: string): boolean {
    return this.members.has(id);
  }

  isRemoved(id: string): boolean {
    return this.plan.removed.has(id);
  }

  async setPlan(entries: Entries): Promise<void> {
    const { lesson } = this.plan;
    this.plan = readPlan(entries, this.lessons.names);
    for (const id of this.members.keys()) this.changed.add(id);
    this.isChanged = true;
    if (this.facts && this.plan.lesson === lesson) return;
    const wanted = this.plan.lesson;
    const facts = await this.lessons.facts(wanted);
    if (this.plan.lesson === wanted) this.facts = facts;
    this.isChanged = true;
  }

  setMember(id: string, entries: Entries): void {
    const { sockets = 0 } = this.members.get(id) ?? {};
    this.members.set(id, { says: readMember(entries, id, this.lessons.names), sockets });
    this.touch(id);
  }

  /** A socket of a member opens, or closes. */
  come(id: string, sockets: 1 | -1): void {
    const member = this.members.get(id) ?? { says: readMember([], id, []), sockets: 0 };
    member.sockets = Math.max(0, member.sockets + sockets);
    this.members.set(id, member);
    this.touch(id);
  }

  socketsOf(id: string): number {
    return this.members.get(id)?.sockets ?? 0;
  }

  /** As the teacher sees a member; nothing of one that was removed. */
  row(id: string): MemberRow | undefined {
    const member = this.members.get(id);
    if (!member || this.isRemoved(id)) return undefined;
    const { says, sockets } = member;
    const { lesson, revealed } = this.plan;
    const said = says.said.get(lesson);
    return {
      id,
      name: this.plan.names.get(id) ?? says.name,
      here: sockets > 0,
      trains: says.trains,
      secure: says.secure,
      predicted: said?.prediction !== undefined || says.results.get(lesson)?.prediction !== undefined,
      done: says.results.has(lesson),
      ...(said?.prediction && revealed.has(lesson) && { said: said.prediction }),
    };
  }

  /** The results of a member as they may be seen now, packed for the wire, by lesson. */
  resultsOf(id: string): Map<string, unknown> {
    const member = this.members.get(id);
    if (!member || this.isRemoved(id)) return new Map();
    return new Map([...member.says.results].map(([lesson, result]) => [lesson, toWire(this.seen(result))]));
  }

  counts(): Counts {
    const counts = { ...NO_COUNTS };
    for (const id of this.members.keys()) {
      const row = this.row(id);
      if (!row) continue;
      counts.members++;
      if (row.here) counts.here++;
      if (row.trains) counts[row.trains]++;
      if (!row.secure) counts.insecure++;
      if (row.predicted) counts.predicted++;
      if (row.done) counts.done++;
    }
    return counts;
  }

  /** What all found, once it was revealed. */
  summary(): Summary | undefined {
    const { facts } = this;
    const { lesson, size, revealed } = this.plan;
    if (!facts || !revealed.has(lesson)) return undefined;
    const results = [...this.members].flatMap(([id, { says }]): MemberResult[] => {
      const result = says.results.get(lesson);
      return result && !this.isRemoved(id) ? [result] : [];
    });
    if (results.length === 0) return undefined;
    const { off } = against(results, facts.value);
    return {
      lesson,
      of: results.length,
      curve: pooledCurve(results, facts.logX),
      verdicts: countVerdicts(results, facts.expected[size] ?? { holds: 0, of: 0 }),
      off: Number.isFinite(off) ? off : null,
      answers: shift(results, facts.right),
    };
  }

  /** Everything that the board shows is to be written anew. */
  touchAll(): void {
    for (const id of this.members.keys()) this.changed.add(id);
    this.isChanged = true;
  }

  private touch(id: string): void {
    this.changed.add(id);
    this.isChanged = true;
  }

  /** Predictions and answers are the member's own until the teacher shows them. */
  private seen(result: MemberResult): MemberResult {
    if (this.plan.revealed.has(result.lesson)) return result;
    const { prediction: _prediction, before: _before, after: _after, ...rest } = result;
    return rest;
  }
}
