import { Loader, Paper, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconBarcode, IconGaugeOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundPlace } from '../../../shared/contract/exchanges';
import { useScanner } from '../../app/desktop/scanner';
import { client } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { showError } from '../../ui/showError';
import classes from './PlaceFinder.module.css';

/** Finds the place of an act by what is scanned or typed: a meter's number, a point's, or an address. One hit opens at once. */
export function PlaceFinder({ onFound }: { onFound: (place: FoundPlace) => void }) {
  const { t } = useTranslation('exchanges');
  const [text, setText] = useState('');
  const find = useMutation({
    mutationFn: (typed: string) => client.exchanges.findPlace.query({ text: typed }),
    onSuccess: ({ places }) => {
      const [only] = places;
      if (only && places.length === 1) onFound(only);
    },
    onError: showError,
  });
  const look = (typed: string) => {
    if (typed.trim() !== '') find.mutate(typed.trim());
  };
  useScanner((code) => {
    setText(code);
    look(code);
  });
  const places = find.data?.places;
  return (
    <Paper withBorder p="md" maw="44rem">
      <Stack gap="md">
        <TextInput
          label={t('finder.label')}
          description={t('finder.hint')}
          leftSection={<IconBarcode size={18} stroke={1.75} aria-hidden />}
          rightSection={find.isPending ? <Loader size="xs" /> : null}
          data-autofocus
          autoFocus
          autoComplete="off"
          maxLength={80}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            look(text);
          }}
        />
        <div aria-live="polite">
          {places?.length === 0 && (
            <EmptyState icon={IconGaugeOff} title={t('finder.nothing')} text={t('finder.nothingText')} />
          )}
          {places && places.length > 0 && (
            <ul className={classes.places} aria-label={t('finder.found')}>
              {places.map((place) => (
                <li key={`${place.pointId} ${place.installationId}`}>
                  <UnstyledButton className={classes.place} onClick={() => onFound(place)}>
                    <Text span fw={600}>
                      {place.address}
                    </Text>
                    <Text span c="dimmed">
                      {[place.pointCode, place.factoryNo ?? t('finder.noMeter'), place.role && t(`role.${place.role}`)]
                        .filter(Boolean)
                        .join(' · ')}
                    </Text>
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          )}
        </div>
      </Stack>
    </Paper>
  );
}
