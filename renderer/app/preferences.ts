import type { Settings } from '../../shared/contract/session';

const KEY = 'ibok-language';

/** The language this computer was last used in: the sign-in screen knows nobody's settings yet. */
export function rememberedLanguage(): Settings['language'] {
  return localStorage.getItem(KEY) === 'en' ? 'en' : 'pl';
}

export function rememberLanguage(language: Settings['language']): void {
  localStorage.setItem(KEY, language);
}
