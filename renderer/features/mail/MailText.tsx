import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './mail.module.css';

interface MailTextProps {
  text: string;
  /** Null where the message is plain text alone. */
  html: string | null;
}

/**
 * A message as its recipient sees it, in either form. The HTML stands in a frame without any right of its own: no
 * script, no form, no way out of it.
 */
export function MailText({ text, html }: MailTextProps) {
  const { t } = useTranslation('mail');
  const [view, setView] = useState<'html' | 'text'>('html');
  return (
    <div className={classes.message}>
      {html !== null && (
        <SegmentedControl
          size="xs"
          aria-label={t('view.label')}
          data={[
            { value: 'html', label: t('view.html') },
            { value: 'text', label: t('view.text') },
          ]}
          value={view}
          onChange={(value) => setView(value === 'text' ? 'text' : 'html')}
        />
      )}
      {view === 'html' && html !== null ? (
        <iframe className={classes.frame} sandbox="" srcDoc={html} title={t('view.frame')} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keys
        <pre className={classes.text} tabIndex={0}>
          {text}
        </pre>
      )}
    </div>
  );
}
