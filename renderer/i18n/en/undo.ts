import type { undo as Polish } from '../pl/undo';
import type { Translated } from '../shape';

export const undo: Translated<typeof Polish> = {
  title: 'Undo the last acts',
  newest: 'Undo the last act',
  empty: 'There is nothing that can be undone.',
  step: {
    editContact: 'Change of data: {{label}} ({{fields}})',
    bulk: 'Bulk change: {{formatted}} × {{fields}}',
    import: 'Import: {{label}} ({{formatted}})',
    task: 'Task: {{label}}',
  },
  state: { undone: 'undone', refused: 'can no longer be undone' },
  done: 'Undone. {{what}}',
  refused: 'Nothing was undone',
  refusedText: 'Somebody changed these data after you',
};
