/** What pages say around the table of kept runs. */
import { html } from 'lit';
import type { Words } from '../../figures/say-problem.ts';
import { sayLines } from './late-words.ts';
import { msg, str } from '../../msg.ts';
import type { KeptNotice } from '../../worker/protocol.ts';

export const strings = {
  others: (count: number): string =>
    msg(str`Runs of other lessons on these axes (${count})`, { id: 'kept.others' }),
  other: (lesson: string, name: string, device: string): string =>
    msg(str`${lesson}: ${name}, ${device}`, { id: 'kept.other' }),
  get measured(): string {
    return msg('measured', { id: 'kept.measured' });
  },
  get fleeting(): string {
    return msg(
      'This browser could not keep every run: the newest last only as long as this page. Save them as a file to have them later.',
      { id: 'kept.fleeting' },
    );
  },
  broken: (count: number): string =>
    msg(
      str`Kept runs that this page cannot read (${count}): they are damaged, or another version wrote them. They were set aside, and do not stand in the way.`,
      { id: 'kept.broken' },
    ),
  run: (size: string): string => msg(str`Run, ${size}`, { id: 'kept.run' }),
};

type Reason = Extract<KeptNotice, { kind: 'not-kept' }>['reason'];

/** Why what is trained lasts only as long as the page. */
export function notKept(reason: Reason): string {
  switch (reason) {
    case 'full':
      return msg('The browser has no room left for this page’s data.', { id: 'kept.full' });
    case 'refused':
      return msg('This browser keeps nothing for this page, as in a private window.', { id: 'kept.refused' });
    case 'blocked':
      return msg('Another tab with an older version of this page holds the database. Close that tab.', {
        id: 'kept.blocked',
      });
    case 'silent':
      return msg('The browser’s database does not answer; another tab of this page may hold it.', {
        id: 'kept.silent',
      });
    case 'newer':
      return msg('A newer version of this page is open in another tab. Reload this one.', {
        id: 'kept.newer',
      });
    case 'closed':
      return msg('The browser has closed its database.', { id: 'kept.closed' });
    case 'failed':
      return msg('The browser’s database does not take what is trained.', { id: 'kept.failed' });
  }
}

/** What a page says of the results that the browser keeps; the reason, too, once its words are loaded. */
export function noticeOf(notice: KeptNotice): Words | undefined {
  if (notice.kind === 'kept-again') return undefined;
  if (notice.kind === 'not-kept') {
    return `${notKept(notice.reason)} ${msg('What is trained now lasts only as long as this page.', { id: 'kept.lasts' })}`;
  }
  const what = {
    result: () => msg('The kept result of a run', { id: 'kept.what-result' }),
    weights: () => msg('The kept weights of a run', { id: 'kept.what-weights' }),
    part: () => msg('The kept part of a run', { id: 'kept.what-part' }),
  }[notice.what]();
  const aside = msg(str`${what} could not be used, and was set aside: it is trained again.`, {
    id: 'kept.set-aside',
  });
  const why = sayLines(notice.why);
  return why ? html`${aside} (<code>${notice.id}</code>: ${why})` : aside;
}
