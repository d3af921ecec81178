import { Group, Input, SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { TEXT_SIZES } from '../../../shared/contract/session';
import { useSession } from '../../app/session';

const CHOICES = {
  language: ['pl', 'en'],
  theme: ['light', 'dark', 'auto'],
  density: ['normal', 'compact'],
} as const;

/** Language, colours, rows and size of text: each choice holds at once. */
export function LookSettings() {
  const { t } = useTranslation('settings');
  const { user, saveSettings } = useSession();
  return (
    <Group gap="lg" align="flex-start">
      {(['language', 'theme', 'density'] as const).map((setting) => (
        <Choice
          key={setting}
          label={t(`look.${setting}`)}
          data={CHOICES[setting].map((value) => ({ value, label: t(`look.choice.${value}`) }))}
          value={user.settings[setting]}
          onChange={(value) => void saveSettings({ [setting]: value })}
        />
      ))}
      <Choice
        label={t('look.textSize')}
        data={TEXT_SIZES.map((size) => ({ value: String(size), label: `${size}%` }))}
        value={String(user.settings.textSize)}
        onChange={(value) => {
          const textSize = TEXT_SIZES.find((size) => String(size) === value);
          if (textSize) void saveSettings({ textSize });
        }}
      />
    </Group>
  );
}

interface ChoiceProps {
  label: string;
  data: { value: string; label: string }[];
  value: string;
  onChange: (value: string) => void;
}

function Choice({ label, data, value, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div>
      <Input.Label id={id} component="span">
        {label}
      </Input.Label>
      <div>
        <SegmentedControl aria-labelledby={id} data={data} value={value} onChange={onChange} />
      </div>
    </div>
  );
}
