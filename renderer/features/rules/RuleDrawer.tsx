import { Alert, Drawer, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconInfoCircle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../shared/contract/rules';
import { client, trpc } from '../../app/trpc';
import { ComparedDrawer } from '../../ui/ComparedDrawer';
import { DayField } from '../../ui/DayField';
import { useFormat } from '../../ui/format';
import { ShortcutLayer } from '../../ui/shortcuts';
import { RuleVersions } from './RuleVersions';
import { decimalOf } from './ruleInput';
import { useRuleWords } from './ruleWords';

interface RuleDrawerProps {
  rule: Rule;
  today: string;
  history: (id: string) => ReactNode;
  onClose: () => void;
}

type Field = 'value' | 'validFrom' | 'source' | 'reason';

/** One rule: its values through time, and for who may set it a new one from a day on. */
export function RuleDrawer(props: RuleDrawerProps) {
  return props.rule.maySet ? <SetRule {...props} /> : <ShowRule {...props} />;
}

function ShowRule({ rule, today, history, onClose }: RuleDrawerProps) {
  const { t } = useTranslation(['rules', 'ui']);
  const words = useRuleWords();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="34rem"
      title={words.name(rule.key)}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <ShortcutLayer>
        <Stack gap="md">
          <Text c="dimmed">{t(`settersOf.${rule.kind}`)}</Text>
          <RuleVersions rule={rule} today={today} />
          {rule.values[0] && history(rule.values[0].id)}
        </Stack>
      </ShortcutLayer>
    </Drawer>
  );
}

function SetRule({ rule, today, history, onClose }: RuleDrawerProps) {
  const { t } = useTranslation('rules');
  const format = useFormat();
  const words = useRuleWords();
  const queries = useQueryClient();
  const newest = rule.values[0];
  const empty = useMemo(() => ({ value: null, validFrom: today, source: null, reason: null }), [today]);
  const labels = {
    value: t('column.value'),
    validFrom: t('form.from'),
    source: t('column.source'),
    reason: t('form.reason'),
  };
  const corrects = (validFrom: string) => newest?.validFrom === validFrom;
  return (
    <ComparedDrawer<Field>
      title={words.name(rule.key)}
      stored={empty}
      labels={labels}
      draftId={`rules.set.${rule.key}`}
      validate={(typed) => {
        const value = decimalOf(typed.value, rule);
        return {
          ...(value === null
            ? { value: t('form.valueWrong', { least: format.decimal(rule.least), most: format.decimal(rule.most) }) }
            : {}),
          ...(!typed.validFrom || typed.validFrom < today ? { validFrom: t('form.fromWrong') } : {}),
          ...(typed.source.trim() ? {} : { source: t('form.sourceMissing') }),
          ...(corrects(typed.validFrom) && typed.reason.trim().length < 5 ? { reason: t('form.reasonMissing') } : {}),
        };
      }}
      save={async (changes, requestId) => {
        await client.rules.set.mutate({
          requestId,
          key: rule.key,
          value: decimalOf(changes.value?.to ?? '', rule) ?? '',
          validFrom: changes.validFrom?.to ?? today,
          source: changes.source?.to ?? '',
          reason: changes.reason?.to ?? null,
          expected: newest?.id ?? null,
        });
        return { status: 'saved' };
      }}
      onSaved={() => {
        notifications.show({ message: t('form.saved'), icon: <IconCheck size={18} aria-hidden />, color: 'green' });
        void queries.invalidateQueries(trpc.rules.pathFilter());
      }}
      onClose={onClose}
    >
      {({ typed, set, errors }) => (
        <Tabs defaultValue="values" keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="values">{t('tab.values')}</Tabs.Tab>
            <Tabs.Tab value="history">{t('tab.history')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="values">
            <Stack gap="md">
              <RuleVersions rule={rule} today={today} />
              <TextInput
                label={`${t('form.new')} (${t(`unitName.${rule.unit}`)})`}
                description={t('form.bounds', { least: format.decimal(rule.least), most: format.decimal(rule.most) })}
                inputMode="decimal"
                autoComplete="off"
                maxLength={14}
                required
                data-autofocus
                value={typed.value}
                onChange={(event) => set('value', event.currentTarget.value)}
                error={errors.value}
              />
              <DayField
                label={labels.validFrom}
                required
                minDate={today}
                value={typed.validFrom}
                onChange={(day) => set('validFrom', day)}
                error={errors.validFrom}
              />
              <TextInput
                label={labels.source}
                description={t('form.sourceHint')}
                autoComplete="off"
                maxLength={200}
                required
                value={typed.source}
                onChange={(event) => set('source', event.currentTarget.value)}
                error={errors.source}
              />
              {corrects(typed.validFrom) && (
                <>
                  <Alert color="yellow" icon={<IconInfoCircle size={18} aria-hidden />} p="xs">
                    {t('form.corrects')}
                  </Alert>
                  <TextInput
                    label={labels.reason}
                    autoComplete="off"
                    maxLength={200}
                    required
                    value={typed.reason}
                    onChange={(event) => set('reason', event.currentTarget.value)}
                    error={errors.reason}
                  />
                </>
              )}
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="history">{newest ? history(newest.id) : t('noValue')}</Tabs.Panel>
        </Tabs>
      )}
    </ComparedDrawer>
  );
}
