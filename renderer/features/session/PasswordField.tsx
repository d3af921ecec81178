import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A password field that says when Caps Lock is on. */
export function PasswordField(props: PasswordInputProps) {
  const { t } = useTranslation('session');
  const [caps, setCaps] = useState(false);
  const look = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'));
  const hint = caps ? t('signIn.capsLock') : props.description;
  return (
    <PasswordInput
      {...props}
      description={hint}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      descriptionProps={{ role: 'status' }}
      visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword'), tabIndex: 0 }}
      onKeyDown={look}
      onKeyUp={look}
      onBlur={(event) => {
        setCaps(false);
        props.onBlur?.(event);
      }}
    />
  );
}
