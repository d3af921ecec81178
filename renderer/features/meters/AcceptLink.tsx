import { Button, type ButtonProps } from '@mantine/core';
import { IconBarcode } from '@tabler/icons-react';
import { createLink } from '@tanstack/react-router';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { Can } from '../../ui/Can';

// Mantine's own component changes its element by a prop, which the router's types cannot follow.
function RoutedButton(props: ButtonProps & { ref?: Ref<HTMLAnchorElement> }) {
  return <Button component="a" {...props} />;
}
const ButtonLink = createLink(RoutedButton);

/** Leads to the acceptance of meters to stock, for those who may. */
export function AcceptLink() {
  const { t } = useTranslation('meters');
  return (
    <Can action="meters.add">
      <ButtonLink to="/meters/accept" leftSection={<IconBarcode size={16} aria-hidden />}>
        {t('accept.open')}
      </ButtonLink>
    </Can>
  );
}
