import { Kbd } from '@mantine/core';

/** The keys of a shortcut (`Ctrl+S`), one sign each. */
export function Keys({ keys }: { keys: string }) {
  return keys.split('+').map((key) => (
    <Kbd key={key} ml={4}>
      {key}
    </Kbd>
  ));
}
