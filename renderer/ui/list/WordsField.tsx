import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './list.module.css';

/** The list is asked when the typing pauses. */
const PAUSE_MS = 200;

interface WordsFieldProps {
  words: string;
  onWords: (words: string) => void;
  /** What the words are looked for in. */
  placeholder: string;
}

/** The one search field of a list; it answers to each key. */
export function WordsField({ words, onWords, placeholder }: WordsFieldProps) {
  const { t } = useTranslation('lists');
  const [typed, setTyped] = useState(words);
  const ask = useDebouncedCallback(onWords, PAUSE_MS);
  useEffect(() => setTyped((now) => (now.trim() === words ? now : words)), [words]);
  const change = (text: string) => {
    setTyped(text);
    ask(text);
  };
  return (
    <TextInput
      className={classes.words}
      aria-label={t('words')}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={typed && <CloseButton size="sm" aria-label={t('clearWords')} onClick={() => change('')} />}
      maxLength={100}
      autoComplete="off"
      spellCheck={false}
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
