import type { Format } from '../../ui/format';
import type { ListColumn } from '../../ui/list/columns';

interface Logged {
  at: string;
  login: string;
  displayName: string | null;
}

/** The two columns that every log begins with: when, and who. */
export function whenAndWho<Row extends Logged>(
  headers: { at: string; login: string },
  format: Format,
): readonly ListColumn<Row>[] {
  return [
    {
      key: 'at',
      header: headers.at,
      width: 168,
      fixed: true,
      sortKey: 'at',
      value: ({ at }) => at,
      filter: { by: 'dates' },
      render: ({ at }) => format.dateTime(at),
    },
    {
      key: 'login',
      header: headers.login,
      width: 176,
      grow: 1,
      value: ({ login }) => login,
      filter: { by: 'text' },
      render: ({ displayName, login }) => <span title={login}>{displayName ?? login}</span>,
    },
  ];
}
