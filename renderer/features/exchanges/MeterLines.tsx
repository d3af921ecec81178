import { Text } from '@mantine/core';

interface MeterLinesProps {
  factoryNo: string;
  type: string;
  dn: number;
  /** What else is known, a line each; empty parts are left out. */
  lines: readonly (readonly (string | null | undefined | false)[])[];
}

/** A meter in few lines: its number, what it is, and what is known of it. */
export function MeterLines({ factoryNo, type, dn, lines }: MeterLinesProps) {
  return (
    <div>
      <Text fw={600}>
        {factoryNo}{' '}
        <Text span inherit fw={400}>
          {`· ${type}, DN ${dn}`}
        </Text>
      </Text>
      {lines.map((parts) => {
        const line = parts.filter(Boolean).join(' · ');
        return (
          line && (
            <Text key={line} size="sm" c="dimmed">
              {line}
            </Text>
          )
        );
      })}
    </div>
  );
}
