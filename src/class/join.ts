/** Coming into a class: who knows its code is given a place. */

/** Asks a room for a place in a class. @throws JoinError */
export async function join(
  address: string | URL,
  code: string,
  token?: string,
): Promise<{ code: string; member: string; token: string }> {
  let answer: Response;
  try {
    answer = await fetch(address, {
      method: 'POST',
      body: JSON.stringify({ code, ...(token && { token }) }),
    });
  } catch {
    throw new JoinError('offline');
  }
  const said = (await answer.json().catch(() => ({ problem: 'no-room' }))) as Record<string, unknown>;
  const { problem, member } = said;
  if (!answer.ok || typeof member !== 'string') {
    throw new JoinError(JOIN_PROBLEMS.find((each) => each === problem) ?? 'no-room');
  }
  return said as { code: string; member: string; token: string };
}

const JOIN_PROBLEMS = ['no-class', 'full', 'wait', 'offline', 'no-room'] as const;
export type JoinProblem = (typeof JOIN_PROBLEMS)[number];

export class JoinError extends Error {
  override name = 'JoinError';

  constructor(readonly problem: JoinProblem) {
    super(problem);
  }
}
