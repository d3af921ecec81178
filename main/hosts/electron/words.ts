import { app } from 'electron';

const pl = {
  file: 'Plik',
  edit: 'Edycja',
  view: 'Widok',
  help: 'Pomoc',
  quit: 'Zakończ',
  undo: 'Cofnij',
  redo: 'Ponów',
  cut: 'Wytnij',
  copy: 'Kopiuj',
  paste: 'Wklej',
  selectAll: 'Zaznacz wszystko',
  actualSize: 'Rozmiar rzeczywisty',
  zoomIn: 'Powiększ',
  zoomOut: 'Pomniejsz',
  fullScreen: 'Pełny ekran',
  reload: 'Wczytaj ponownie',
  tools: 'Narzędzia programisty',
  about: 'O programie',
  open: 'Otwórz IBOK Desk',
  lock: 'Zablokuj',
  waiting: (count: number) => `spraw, które czekają: ${count}`,
  csv: 'Pliki CSV',
  document: 'Dokumenty',
  saveFailed: 'Nie udało się zapisać pliku',
  saveFailedDetail:
    'Folder może być pełny albo tylko do odczytu. Zawartość pliku nie przepadła: można zapisać go gdzie indziej.',
  elsewhere: 'Wybierz inne miejsce',
  giveUp: 'Nie zapisuj',
  serversMissing: 'Brak prawidłowej listy serwerów',
  serversMissingDetail: 'Program nie wie, z którą bazą się połączyć. Administrator powinien przygotować plik:',
};

/** The few words that stand outside the page: menu, dialogs and what is said before a window opens. */
export type Words = typeof pl;

const en: Words = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  help: 'Help',
  quit: 'Quit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  actualSize: 'Actual size',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fullScreen: 'Full screen',
  reload: 'Reload',
  tools: 'Developer tools',
  about: 'About',
  open: 'Open IBOK Desk',
  lock: 'Lock',
  waiting: (count) => `things waiting: ${count}`,
  csv: 'CSV files',
  document: 'Documents',
  saveFailed: 'The file could not be saved',
  saveFailedDetail: 'The folder may be full or read-only. Nothing is lost: the file can be saved elsewhere.',
  elsewhere: 'Choose another place',
  giveUp: "Don't save",
  serversMissing: 'No valid list of servers',
  serversMissingDetail:
    'The program does not know which database to connect to. The administrator should prepare the file:',
};

/** In the language of the desktop: English where that is the person's first language, Polish everywhere else. */
export function words(): Words {
  return /^en\b/i.test(app.getPreferredSystemLanguages()[0] ?? '') ? en : pl;
}
