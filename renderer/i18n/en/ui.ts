import type { ui as pl } from '../pl/ui';
import type { Translated } from '../shape';

export const ui: Translated<typeof pl> = {
  close: 'Close',
  cancel: 'Cancel',
  clear: 'Clear the field',
  save: 'Save',
  retry: 'Try again',
  back: 'Back',
  copy: 'Copy',
  copied: 'Copied',
  loading: 'Loading…',
  incident: 'Incident number: {{incident}}',
  none: 'none',
  table: {
    sortAscending: '{{column}}: sort ascending',
    sortDescending: '{{column}}: sort descending',
    select: 'Select: {{name}}',
    keys: 'Arrows or J and K change the row, Enter opens it.',
  },
  chart: {
    showTable: 'Show table',
    showChart: 'Show chart',
  },
  drawer: {
    unsaved: 'You have unsaved changes.',
    unsavedHint: 'The draft stays on this workstation until you save or discard it.',
    leaveDraft: 'Keep the draft',
    discard: 'Discard changes',
    keepEditing: 'Back to editing',
    restored: 'Unsaved changes of {{at}} were restored.',
    draftSaved: 'Draft saved at {{at}}',
    saveHint: 'Ctrl+S',
    connectionLost:
      'No connection to the server. Your changes are still in the form; save again when the connection is back.',
  },
  conflict: {
    title: 'Somebody else changed the same fields',
    intro: 'Nothing has been saved. Choose for each field the value that should stay.',
    mine: 'My value',
    theirs: 'Saved by the other person',
    original: 'Before both changes',
    allMine: 'Mine everywhere',
    allTheirs: 'Saved everywhere',
    confirm: 'Save the chosen values',
    empty: '(empty)',
  },
  confirm: {
    typeToConfirm: 'Type {{word}} to confirm',
  },
  masked: {
    reveal: 'Show: {{label}}',
    hide: 'Hide: {{label}}',
    reason: 'Reason for showing it',
    reasonPlaceholder: 'Choose from the list or type',
    reasonHint: 'The reason and your login go into the read log.',
    reasonShort: 'Give a reason (at least 5 characters).',
    show: 'Show',
    notAllowed: 'Your role may not see this value.',
  },
  timeline: {
    more: 'Show older',
    empty: 'No events',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    help: 'This cheat sheet',
    nextRow: 'Next row',
    previousRow: 'Previous row',
    openRow: 'Open row',
    save: 'Save the form',
  },
  noAccess: {
    title: 'No access',
    text: 'This part of the program does not belong to your role. If you need it, ask the administrator.',
  },
  notFound: {
    title: 'There is no such record',
    text: 'The address is wrong, the record was removed, or you have no access to it.',
  },
  presence: { edits: '{{name}} is editing', reads: '{{name}} is reading', more: 'and {{count}} more' },
};
