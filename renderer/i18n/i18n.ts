import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Settings } from '../../shared/contract/session';
import { en, pl } from './catalogues';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui';
    resources: typeof pl;
  }
}

/** Loads both catalogues (they are bundled, so this is done before the first paint). */
export async function startI18n(language: Settings['language']): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'pl',
    defaultNS: 'ui',
    resources: { pl, en },
    // React escapes by itself.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = language;
  i18next.on('languageChanged', (next) => {
    document.documentElement.lang = next;
  });
}
