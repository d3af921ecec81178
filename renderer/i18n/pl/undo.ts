export const undo = {
  title: 'Cofnij ostatnie czynności',
  newest: 'Cofnij ostatnią czynność',
  empty: 'Nie ma czynności, które można cofnąć.',
  step: {
    editContact: 'Zmiana danych: {{label}} ({{fields}})',
    bulk: 'Zmiana zbiorcza: {{formatted}} × {{fields}}',
    import: 'Import: {{label}} ({{formatted}})',
    task: 'Zadanie: {{label}}',
  },
  state: { undone: 'cofnięto', refused: 'nie można już cofnąć' },
  done: 'Cofnięto. {{what}}',
  refused: 'Niczego nie cofnięto',
  refusedText: 'Ktoś zmienił te dane po Tobie',
};
