import { Alert, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import { useDraft } from '../../ui/drafts';
import { ErrorState } from '../../ui/ErrorState';

interface Copy {
  lastEvent: string;
  head: string;
}

/** Compares an anchor kept outside with the chain: the one check that a rewritten database cannot pass. */
export function CompareAnchor() {
  const { t } = useTranslation('journal');
  const [copy, setCopy] = useState<Copy>({ lastEvent: '', head: '' });
  const [asked, setAsked] = useState<Copy | null>(null);
  const [tried, setTried] = useState(false);
  const answer = useQuery(
    trpc.audit.checkAnchor.queryOptions(asked ?? { lastEvent: '1', head: '0'.repeat(64) }, {
      enabled: asked !== null,
      staleTime: 0,
    }),
  );
  // The head is copied from paper, sign by sign.
  const draft = useDraft('audit.anchor', copy, { dirty: copy.lastEvent + copy.head !== '', onRestore: setCopy });
  const compared = asked !== null && answer.isSuccess;
  const { discard } = draft;
  useEffect(() => {
    if (compared) void discard();
  }, [compared, discard]);
  const eventWrong = !/^[1-9][0-9]{0,17}$/.test(copy.lastEvent);
  const headWrong = !/^[0-9a-f]{64}$/.test(copy.head);
  const change = (part: Partial<Copy>) => {
    setCopy({ ...copy, ...part });
    setAsked(null);
  };
  function compare(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!eventWrong && !headWrong) setAsked(copy);
  }
  return (
    <Stack gap="xs" component="section">
      <Title order={2} size="h4">
        {t('seals.compare')}
      </Title>
      <Text c="dimmed">{t('seals.compareText')}</Text>
      <form onSubmit={compare} noValidate>
        <Group align="flex-start" gap="sm">
          <TextInput
            label={t('seals.lastEvent')}
            w="10rem"
            inputMode="numeric"
            value={copy.lastEvent}
            onChange={(event) => change({ lastEvent: event.currentTarget.value.trim() })}
            error={tried && eventWrong && t('seals.eventWrong')}
          />
          <TextInput
            label={t('seals.head')}
            flex="1 1 24rem"
            spellCheck={false}
            value={copy.head}
            onChange={(event) => change({ head: event.currentTarget.value.trim().toLowerCase() })}
            error={tried && headWrong && t('seals.headWrong')}
          />
          <Button type="submit" variant="default" mt="1.5rem" loading={answer.isFetching}>
            {t('seals.check')}
          </Button>
        </Group>
      </form>
      <div role="status" aria-live="polite">
        {answer.isError && <ErrorState error={answer.error} />}
        {asked && answer.data && <Answer problem={answer.data.problem} />}
      </div>
    </Stack>
  );
}

function Answer({ problem }: { problem: 'unknown_event' | 'head_differs' | null }) {
  const { t } = useTranslation('journal');
  return problem ? (
    <Alert color="red" icon={<IconShieldX aria-hidden />} title={t(`seals.${problem}`)}>
      {t('seals.differsText')}
    </Alert>
  ) : (
    <Alert color="green" icon={<IconShieldCheck aria-hidden />} title={t('seals.fits')}>
      {t('seals.fitsText')}
    </Alert>
  );
}
