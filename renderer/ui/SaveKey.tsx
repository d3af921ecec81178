import { useTranslation } from 'react-i18next';
import { useShortcut } from './shortcuts';

/** Ctrl+S of the layer it stands in. While not enabled the key does nothing, rather than what lies below. */
export function SaveKey({ onSave, enabled }: { onSave: () => void; enabled: boolean }) {
  const { t } = useTranslation('ui');
  useShortcut('Ctrl+S', t('shortcuts.save'), () => enabled && onSave());
  return null;
}
