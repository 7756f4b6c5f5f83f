/** What the table of kept runs says. */
import { msg, str } from '../msg.ts';

export const strings = {
  get table(): string {
    return msg('Kept runs', { id: 'runs.table' });
  },
  get empty(): string {
    return msg('No run is kept yet. Those that you keep stay in this browser.', { id: 'runs.empty' });
  },
  get show(): string {
    return msg('on chart', { id: 'runs.show' });
  },
  showRun: (name: string): string => msg(str`Show “${name}” on the chart`, { id: 'runs.show-run' }),
  get name(): string {
    return msg('run', { id: 'runs.name' });
  },
  get changes(): string {
    return msg('changed against the first', { id: 'runs.changes' });
  },
  get first(): string {
    return msg('the first', { id: 'runs.first' });
  },
  get same(): string {
    return msg('nothing', { id: 'runs.same' });
  },
  get device(): string {
    return msg('device', { id: 'runs.device' });
  },
  get date(): string {
    return msg('date', { id: 'runs.date' });
  },
  get actions(): string {
    return msg('actions', { id: 'runs.actions' });
  },
  sortBy: (column: string): string => msg(str`Sort by ${column}`, { id: 'runs.sort-by' }),
  get sort(): string {
    return msg('sort by', { id: 'runs.sort' });
  },
  get ascending(): string {
    return msg('Rising order', { id: 'runs.ascending' });
  },
  get descending(): string {
    return msg('Falling order', { id: 'runs.descending' });
  },
  get rename(): string {
    return msg('Rename', { id: 'runs.rename' });
  },
  renameRun: (name: string): string => msg(str`Rename “${name}”`, { id: 'runs.rename-run' }),
  newName: (name: string): string => msg(str`New name of “${name}”`, { id: 'runs.new-name' }),
  get hide(): string {
    return msg('Hide', { id: 'runs.hide' });
  },
  hideRun: (name: string): string => msg(str`Hide “${name}”`, { id: 'runs.hide-run' }),
  get unhide(): string {
    return msg('Unhide', { id: 'runs.unhide' });
  },
  unhideRun: (name: string): string => msg(str`Unhide “${name}”`, { id: 'runs.unhide-run' }),
  hidden: (count: number): string => msg(str`Show ${count} hidden`, { id: 'runs.hidden' }),
  get remove(): string {
    return msg('Delete', { id: 'runs.remove' });
  },
  removeRun: (name: string): string => msg(str`Delete “${name}”`, { id: 'runs.remove-run' }),
  removed: (name: string): string => msg(str`“${name}” was deleted.`, { id: 'runs.removed' }),
  get undo(): string {
    return msg('Undo', { id: 'runs.undo' });
  },
  get files(): string {
    return msg('Files', { id: 'runs.files' });
  },
  get json(): string {
    return msg('Save as JSON', { id: 'runs.json' });
  },
  get csv(): string {
    return msg('Save as CSV', { id: 'runs.csv' });
  },
  get import(): string {
    return msg('Add from a file', { id: 'runs.import' });
  },
  imported: ({ added, known }: { added: number; known: number }): string =>
    known === 0
      ? msg(str`Runs added: ${added}.`, { id: 'runs.imported' })
      : msg(str`Runs added: ${added}. Already here: ${known}.`, { id: 'runs.imported-known' }),
  get refused(): string {
    return msg('The file was not added; what you have is as it was.', { id: 'runs.refused' });
  },
};
