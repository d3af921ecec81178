import { Alert, Button, Checkbox, Drawer, Group, Radio, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanRunInput, RunPlan } from '../../../shared/contract/letter-runs';
import type { ListCount, Selection } from '../../../shared/contract/lists';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { errorShape } from '../../ui/errorShape';
import { useFormat } from '../../ui/format';
import { ChosenWords } from '../../ui/list/SelectionBar';
import type { Chosen } from '../../ui/list/selection';
import { ShortcutLayer } from '../../ui/shortcuts';
import { showError } from '../../ui/showError';
import { PlanFigures } from './PlanFigures';

interface StartDrawerProps {
  selection: Selection;
  chosen: Chosen;
  total: ListCount | undefined;
  /** `begun`: the run is under way and its page is open. */
  onClose: (begun: boolean) => void;
}

const sum = ({ letters, mails, refused }: RunPlan) =>
  letters + mails + Object.values(refused).reduce((all, each) => all + each, 0);

/** How to send, what it comes to, and the act; then the page of the run. */
export function StartDrawer({ selection, chosen, total, onClose }: StartDrawerProps) {
  const { t } = useTranslation('letterRuns');
  const { t: ui } = useTranslation('ui');
  const format = useFormat();
  const navigate = useNavigate();
  const cache = useQueryClient();
  // What was chosen when the drawer opened: a list that moves on must not change the subject.
  const [subject] = useState({ selection, chosen, total });
  const [how, setHow] = useState<Pick<PlanRunInput, 'channel' | 'again'>>({ channel: 'letter', again: false });
  const [confirming, setConfirming] = useState(false);
  const input = { selection: subject.selection, ...how };
  const plan = useQuery(trpc.letterRuns.plan.queryOptions(input, { staleTime: 0, gcTime: 0 }));
  /** The same wish sent again after a lost answer is the same run. */
  const wish = useRef<{ content: string; requestId: string }>(null);
  const start = useMutation(
    trpc.letterRuns.start.mutationOptions({
      onSuccess: (run) => {
        cache.setQueryData(trpc.letterRuns.get.queryKey({ id: run.id }), run);
        void cache.invalidateQueries(trpc.letterRuns.list.pathFilter());
        onClose(true);
        void navigate({ to: '/letter-runs/$id', params: { id: run.id } });
      },
      onError: (error) => {
        showError(error);
        if (errorShape(error).code === 'SELECTION_CHANGED') void plan.refetch();
        setConfirming(false);
      },
    }),
  );
  const figures = plan.data;
  const some = figures !== undefined && figures.letters + figures.mails > 0;
  const begin = () => {
    if (!figures) return;
    const confirmed = sum(figures);
    const content = JSON.stringify([input, confirmed]);
    if (wish.current?.content !== content) wish.current = { content, requestId: crypto.randomUUID() };
    start.mutate({ ...input, confirmed, requestId: wish.current.requestId });
  };
  return (
    <Drawer
      opened
      position="right"
      size="30rem"
      title={t('start.title')}
      styles={{ title: { fontWeight: 650 } }}
      onClose={() => !start.isPending && onClose(false)}
      closeOnClickOutside={!confirming}
      closeButtonProps={{ 'aria-label': ui('close') }}
    >
      <ShortcutLayer>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            event.stopPropagation();
            if (!some) return;
            if (confirming) begin();
            else setConfirming(true);
          }}
        >
          <Stack gap="md">
            <Text c="dimmed">
              <ChosenWords chosen={subject.chosen} total={subject.total} />
            </Text>
            {confirming && figures ? (
              <Alert color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('start.confirmTitle')}>
                <Text fw={600}>
                  {t('start.sentence', {
                    letters: format.count(figures.letters),
                    mails: format.count(figures.mails),
                    refused: format.count(sum(figures) - figures.letters - figures.mails),
                  })}
                </Text>
                <Text size="xs" mt={4}>
                  {t('start.hint')}
                </Text>
              </Alert>
            ) : (
              <>
                <How how={how} onHow={setHow} />
                {plan.isError ? (
                  <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />
                ) : (
                  <PlanFigures plan={figures} />
                )}
              </>
            )}
            <Group justify="flex-end" gap="xs">
              <Button
                key={confirming ? 'back' : 'cancel'}
                variant="default"
                // Where Enter lands by itself is the way back, never the act.
                ref={confirming ? focusOn : undefined}
                disabled={start.isPending}
                onClick={() => (confirming ? setConfirming(false) : onClose(false))}
              >
                {ui(confirming ? 'back' : 'cancel')}
              </Button>
              <Button type="submit" loading={start.isPending} disabled={!some}>
                {t(confirming ? 'start.confirm' : figures ? 'start.next' : 'start.counting')}
              </Button>
            </Group>
          </Stack>
        </form>
      </ShortcutLayer>
    </Drawer>
  );
}

interface HowProps {
  how: Pick<PlanRunInput, 'channel' | 'again'>;
  onHow: (how: HowProps['how']) => void;
}

function How({ how, onHow }: HowProps) {
  const { t } = useTranslation('letterRuns');
  return (
    <>
      <Radio.Group
        label={t('start.channel')}
        value={how.channel}
        onChange={(channel) => onHow({ ...how, channel: channel as PlanRunInput['channel'] })}
      >
        <Stack gap="xs" mt={6}>
          <Radio value="letter" label={t('start.letter')} description={t('start.letterText')} data-autofocus />
          <Radio value="mail_first" label={t('start.mailFirst')} description={t('start.mailFirstText')} />
        </Stack>
      </Radio.Group>
      <Checkbox
        label={t('start.again')}
        checked={how.again}
        onChange={({ currentTarget }) => onHow({ ...how, again: currentTarget.checked })}
      />
    </>
  );
}

function focusOn(button: HTMLButtonElement | null): void {
  button?.focus();
}
