/** Stickers for meters. */
export const labels = {
  button: 'Etykiety',
  title: 'Etykiety wodomierzy',
  sheet: 'Arkusz',
  sheets: { a4_24: '24 etykiety 70 × 37 mm', a4_65: '65 etykiet 38 × 21 mm' },
  code: 'Kod',
  codes: { code128: 'Kod kreskowy (Code 128)', datamatrix: 'Data Matrix' },
  codeText: 'Skaner odczytuje numer wodomierza.',
  first: 'Pierwsza wolna etykieta',
  firstText: 'Licząc od lewej, wierszami. Wcześniejsze zostaną puste.',
  make: 'Przygotuj',
} as const;
