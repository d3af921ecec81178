import { Paper, Skeleton, Stack, Title, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeterForm } from '../../../shared/contract/meters';
import { trpc } from '../../app/trpc';
import { useDraft } from '../../ui/drafts';
import { ErrorState } from '../../ui/ErrorState';
import { LeaveGuard } from '../../ui/LeaveGuard';
import { PageHeader } from '../../ui/PageHeader';
import { AcceptCommonFields } from './AcceptCommonFields';
import { AcceptedList } from './AcceptedList';
import classes from './AcceptPage.module.css';
import { BLANK_COMMON, typeOf } from './acceptCommon';
import { NO_MARK, reading, sentMark } from './MarkFields';
import { ScanForm } from './ScanForm';
import { useAccept } from './useAccept';

interface AcceptPageProps {
  /** Stickers for the meters of these numbers, which another feature brings. */
  labels: (ids: string[]) => ReactNode;
}

/** Meters come to stock: what they have in common is set once, then each Enter of the scanner accepts one. */
export function AcceptPage({ labels }: AcceptPageProps) {
  const { t } = useTranslation('meters');
  const form = useQuery(trpc.meters.form.queryOptions());
  return (
    <>
      <PageHeader title={t('accept.title')} subtitle={t('accept.subtitle')} />
      {form.isError && <ErrorState error={form.error} onRetry={() => void form.refetch()} />}
      {form.isPending && <Skeleton height="20rem" aria-busy />}
      {form.data && <Accept form={form.data} labels={labels} />}
    </>
  );
}

function Accept({ form, labels }: AcceptPageProps & { form: MeterForm }) {
  const { t } = useTranslation('meters');
  const [common, setCommon] = useState(BLANK_COMMON);
  const [mark, setMark] = useState(NO_MARK);
  const [acceptedOn, setAcceptedOn] = useState(form.today);
  const [tried, setTried] = useState(false);
  const [heard, setHeard] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const { rows, accept, retry, undo } = useAccept(setHeard);
  // The next delivery is often of the same type: what was set stays on this workstation.
  const draft = useDraft(
    'meters.accept',
    { common, mark },
    {
      dirty: common !== BLANK_COMMON || mark !== NO_MARK,
      onRestore: (kept) => {
        setCommon(kept.common);
        setMark(kept.mark);
      },
    },
  );
  const type = typeOf(common);
  const read = reading(form.rules, mark, acceptedOn);
  const refused = read !== null && 'refused' in read;

  function scanned(factoryNo: string, radioId: string | null): boolean {
    setTried(true);
    if (!type || refused || !acceptedOn) return false;
    const known = form.types.find(({ id }) => id === type);
    const { maker, model } = known ?? common.newType ?? { maker: '', model: '' };
    accept(
      {
        factoryNo,
        type,
        ownerKind: common.ownerKind,
        acceptedOn,
        producedYear: null,
        radioId,
        stockPlace: common.stockPlace.trim() || null,
        note: null,
        mark: read ? sentMark(mark) : null,
        requestId: crypto.randomUUID(),
      },
      `${maker} ${model}`,
    );
    return true;
  }
  if (!draft.ready) return <Skeleton height="20rem" aria-busy />;
  return (
    <div className={classes.columns}>
      <LeaveGuard
        dirty={rows.some(({ state }) => state === 'saving' || state === 'failed')}
        stays={({ pathname }) => pathname === '/meters/accept'}
        words={{
          title: t('accept.leaveTitle'),
          text: t('accept.leaveText'),
          leave: t('accept.leave'),
          stay: t('accept.stay'),
        }}
      />
      <Stack gap="md">
        <Paper component="section" withBorder p="md" aria-labelledby="common-title">
          <Title order={2} size="h4" id="common-title" mb="sm">
            {t('accept.common')}
          </Title>
          <AcceptCommonFields
            form={form}
            common={common}
            onCommon={(next) => {
              setCommon(next);
              setTried(false);
            }}
            mark={mark}
            onMark={setMark}
            acceptedOn={acceptedOn}
            onAcceptedOn={setAcceptedOn}
            tried={tried}
          />
        </Paper>
      </Stack>
      <Stack gap="md">
        <Paper component="section" withBorder p="md" aria-labelledby="scan-title">
          <Title order={2} size="h4" id="scan-title" mb="sm">
            {t('accept.scan')}
          </Title>
          <ScanForm
            firstField={first}
            withRadio={common.withRadio}
            recent={rows}
            onScan={scanned}
            refusal={tried && !type ? t(common.newType ? 'accept.typeWrong' : 'accept.noType') : null}
          />
        </Paper>
        <AcceptedList rows={rows} labels={labels} onRetry={retry} onUndo={undo} />
      </Stack>
      <VisuallyHidden role="status" aria-live="polite">
        {heard}
      </VisuallyHidden>
    </div>
  );
}
