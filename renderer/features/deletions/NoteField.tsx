import { Textarea } from '@mantine/core';

interface NoteFieldProps {
  label: string;
  description: string;
  value: string;
  onChange: (note: string) => void;
  error?: string | null;
  required?: boolean;
}

/** One line of words, however long it looks; a pasted break becomes a blank. */
export function NoteField({ onChange, ...field }: NoteFieldProps) {
  return (
    <Textarea
      {...field}
      onChange={({ currentTarget }) => onChange(currentTarget.value.replace(/\s*\n\s*/g, ' '))}
      maxLength={1000}
      autosize
      minRows={2}
      maxRows={6}
    />
  );
}
