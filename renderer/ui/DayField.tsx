import { DateInput, type DateInputProps } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { useFormat } from './format';
import { typedDay } from './list/filterDraft';

type Passed = 'description' | 'error' | 'required' | 'clearable' | 'minDate' | 'maxDate' | 'placeholder' | 'size';

interface DayFieldProps extends Pick<DateInputProps, Passed> {
  label?: string;
  /** `YYYY-MM-DD`, or empty. */
  value: string;
  onChange: (day: string) => void;
  /** The calendar opens beside the field, where what stands below it must stay within reach. */
  beside?: boolean;
  'data-autofocus'?: boolean;
  /** Its name where no label stands over it. */
  ariaLabel?: string;
}

/** A calendar day, typed as people write it or chosen; a label beside it where one is always needed. */
export function DayField({ value, onChange, beside, ariaLabel, ...rest }: DayFieldProps) {
  const { t, i18n } = useTranslation('ui');
  const format = useFormat();
  return (
    <DateInput
      {...rest}
      {...(ariaLabel && { 'aria-label': ariaLabel })}
      clearButtonProps={{ 'aria-label': t('clear') }}
      value={value || null}
      onChange={(day) => onChange(day ?? '')}
      valueFormat={(day) => format.date(day)}
      dateParser={typedDay}
      locale={i18n.language}
      firstDayOfWeek={1}
      popoverProps={{ withinPortal: false, ...(beside && { position: 'right-start', offset: 16 }) }}
    />
  );
}
