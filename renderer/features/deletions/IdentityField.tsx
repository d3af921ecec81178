import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type AskedVia, IDENTITY_BY_WAY, type IdentityMethod } from '../../../shared/contract/deletions';

interface IdentityFieldProps {
  via: AskedVia;
  value: IdentityMethod | null;
  onChange: (method: IdentityMethod) => void;
  error: string | null;
}

/** How the clerk made sure that the right person asks; which ways there are depends on how the request came. */
export function IdentityField({ via, value, onChange, error }: IdentityFieldProps) {
  const { t } = useTranslation('deletions');
  return (
    <Radio.Group
      label={t('form.identity')}
      description={t('form.identityHint')}
      value={value}
      onChange={(method) => onChange(method as IdentityMethod)}
      error={error}
      required
    >
      <Stack gap={6} mt={6}>
        {IDENTITY_BY_WAY[via].map((method) => (
          <Radio key={method} value={method} label={t(`identity.${method}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
