import { Paper, Title } from '@mantine/core';
import { IconMail, IconMailCheck, IconMailX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeletionRecord } from '../../../shared/contract/deletions';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { useMay } from '../../ui/permissions';
import { StateBadge } from '../../ui/StateBadge';
import { useByWhom } from './deletionWords';

const MAIL_LOOKS = {
  new: { tone: 'info', icon: IconMail },
  held: { tone: 'warn', icon: IconMail },
  sending: { tone: 'info', icon: IconMail },
  sent: { tone: 'ok', icon: IconMailCheck },
  unsure: { tone: 'warn', icon: IconMailX },
  failed: { tone: 'danger', icon: IconMailX },
  cancelled: { tone: 'neutral', icon: IconMailX },
} as const;

/** How far it has come: who decides, what was decided, and whether the holder has been told. */
export function DeletionProgress({ deletion }: { deletion: DeletionRecord }) {
  const { t } = useTranslation('deletions');
  const format = useFormat();
  const seesApprovals = useMay('approvals.get');
  const { approval } = deletion;
  const by = useByWhom();
  const state =
    approval && (approval.voidReason ? t(`voidReason.${approval.voidReason}`) : t(`approval.${approval.state}`));
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="progress-title">
      <Title order={2} size="h4" id="progress-title" mb="sm">
        {t('progress.title')}
      </Title>
      <KeyValue
        columns={2}
        items={[
          {
            label: t('progress.approval'),
            value:
              approval && seesApprovals ? (
                <AnchorLink to="/approvals" search={{ approval: approval.id }}>
                  {state}
                </AnchorLink>
              ) : (
                (state ?? t('progress.notYet'))
              ),
          },
          { label: t('progress.forwarded'), value: approval && by(approval.requestedByName, approval.requestedAt) },
          { label: t('progress.decided'), value: approval && by(approval.decidedByName, approval.decidedAt) },
          ...(approval?.note ? [{ label: t('progress.reason'), value: approval.note }] : []),
          ...(deletion.executedAt
            ? [{ label: t('progress.executed'), value: format.dateTime(deletion.executedAt) }]
            : []),
          ...deletion.mails.map(({ template, state: mail, at }) => ({
            label: t(`mail.${template}`),
            value: (
              <>
                <StateBadge {...MAIL_LOOKS[mail]} label={t(`mailState.${mail}`)} /> {format.dateTime(at)}
              </>
            ),
          })),
        ]}
      />
    </Paper>
  );
}
