import { Paper, SimpleGrid, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExchangeRecord, ExchangeSide } from '../../../shared/contract/exchanges';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { type RecordColumn, RecordTable } from '../../ui/RecordTable';

/** The act, both meters side by side, and the seals. */
export function ExchangeFacts({ record }: { record: ExchangeRecord }) {
  const { t } = useTranslation('exchanges');
  const format = useFormat();
  const { previous, used } = record;
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        {record.old && (
          <Side title={t('record.old')} side={record.old}>
            {[
              {
                label: t('old.previous'),
                value:
                  previous &&
                  t('old.previousValue', { value: format.volume(previous.value), day: format.date(previous.readOn) }),
              },
              { label: t('old.final'), value: record.old.final && format.volume(record.old.final) },
              { label: t('old.used'), value: used && format.volume(used) },
            ]}
          </Side>
        )}
        {record.new && (
          <Side title={t('record.fresh')} side={record.new}>
            {[{ label: t('fresh.opening'), value: format.volume(record.new.opening) }]}
          </Side>
        )}
      </SimpleGrid>
      <Paper withBorder p="md">
        <Title order={2} size="h4" mb="sm">
          {t('act.title')}
        </Title>
        <KeyValue columns={2} items={useActItems(record)} />
      </Paper>
      <Seals record={record} />
    </Stack>
  );
}

interface SideProps {
  title: string;
  side: ExchangeSide;
  /** What was read of it. */
  children: readonly { label: string; value: string | null }[];
}

function Side({ title, side, children }: SideProps) {
  const { t } = useTranslation('exchanges');
  const format = useFormat();
  const { mark, validUntil } = side;
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      <KeyValue
        items={[
          {
            label: t('meter.factoryNo'),
            value: (
              <AnchorLink to="/meters/$id" params={{ id: side.meterId }}>
                {side.factoryNo}
              </AnchorLink>
            ),
          },
          { label: t('meter.id'), value: side.meterId },
          { label: t('meter.type'), value: `${side.type}, DN ${side.dn}` },
          { label: t('meter.role'), value: t(`role.${side.role}`) },
          { label: t('meter.place'), value: side.place },
          {
            label: t('meter.legal'),
            value: validUntil && t('meter.legalUntil', { mark, day: format.date(validUntil) }),
          },
          ...children,
        ]}
      />
    </Paper>
  );
}

function useActItems(record: ExchangeRecord) {
  const { t } = useTranslation('exchanges');
  const format = useFormat();
  return [
    { label: t('column.doneOn'), value: format.date(record.doneOn) },
    { label: t('column.doneBy'), value: record.doneByName },
    { label: t('column.reason'), value: t(`reason.${record.reason}`) },
    {
      label: t('act.customer'),
      value: record.customerId && (
        <AnchorLink to="/customers/$id" params={{ id: record.customerId }}>
          {`${record.customerNo} ${record.customerName}`}
        </AnchorLink>
      ),
    },
    {
      label: t('column.address'),
      value: (
        <AnchorLink to="/premises/$id" params={{ id: record.premiseId }}>
          {record.address}
        </AnchorLink>
      ),
    },
    {
      label: t('act.recorded'),
      value: t('act.recordedBy', { at: format.dateTime(record.recordedAt), by: record.recordedByName }),
    },
    { label: t('act.order'), value: record.orderId },
    { label: t('act.note'), value: record.note },
  ];
}

type SealLine = ExchangeRecord['sealsOn'][number] & { on: boolean };

function Seals({ record: { sealsOff, sealsOn } }: { record: ExchangeRecord }) {
  const { t } = useTranslation('exchanges');
  const rows: SealLine[] = [
    ...sealsOff.map((seal) => ({ ...seal, on: false })),
    ...sealsOn.map((seal) => ({ ...seal, on: true })),
  ];
  if (rows.length === 0) return null;
  const columns: RecordColumn<SealLine>[] = [
    { key: 'what', header: t('seal.what'), render: ({ on }) => t(on ? 'seal.on' : 'seal.off') },
    { key: 'no', header: t('seal.no'), render: ({ sealNo }) => sealNo },
    { key: 'kind', header: t('seal.kind'), render: ({ kind }) => t(`sealKind.${kind}`) },
    { key: 'place', header: t('seal.place'), render: ({ place }) => t(`sealPlace.${place}`) },
  ];
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4" mb="sm">
        {t('seal.title')}
      </Title>
      <RecordTable
        label={t('seal.title')}
        columns={columns}
        rows={rows}
        rowKey={({ on, kind, sealNo }) => `${on} ${kind} ${sealNo}`}
        minWidth={480}
      />
    </Paper>
  );
}
