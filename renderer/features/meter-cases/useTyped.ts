import { useState } from 'react';

/** What is typed into a form of one act: the values, whether they differ from what it opened with, and whether it was sent. */
export function useTyped<Values extends object>(initial: Values) {
  const [first] = useState(initial);
  const [typed, setTyped] = useState(initial);
  const [checked, setChecked] = useState(false);
  const set = <Field extends keyof Values>(field: Field, value: Values[Field]) =>
    setTyped((before) => ({ ...before, [field]: value }));
  return {
    typed,
    set,
    restore: setTyped,
    dirty: JSON.stringify(typed) !== JSON.stringify(first),
    checked,
    /** Shows what is missing from now on; answers whether nothing is. */
    check: (complete: boolean) => {
      setChecked(true);
      return complete;
    },
  };
}
