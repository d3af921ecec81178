import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import { useFormat } from '../../ui/format';

/** Who can be sent out: technicians and supervisors who work here, absences said beside the name. */
export function useFieldWorkers(kept?: string | null): { value: string; label: string }[] {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const office = useQuery(trpc.staff.colleagues.queryOptions(undefined, { staleTime: 300_000 })).data;
  if (!office) return [];
  return office.colleagues
    .filter(
      ({ active, group, login }) => login === kept || (active && ['bok_technician', 'bok_supervisor'].includes(group)),
    )
    .sort((a, b) => Number(a.group === 'bok_supervisor') - Number(b.group === 'bok_supervisor'))
    .map(({ login, displayName, absentFrom, absentTo }) => {
      const away = absentFrom && absentFrom <= office.today && (!absentTo || absentTo >= office.today);
      const until = absentTo ? t('awayUntil', { day: format.date(absentTo) }) : t('away');
      return { value: login, label: away ? `${displayName} (${until})` : displayName };
    });
}
