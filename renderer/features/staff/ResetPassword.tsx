import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { takesOnePerson } from '../../../shared/contract/staff';
import { trpc } from '../../app/trpc';
import { ConfirmDanger } from '../../ui/ConfirmDanger';
import { errorShape } from '../../ui/errorShape';
import { showError } from '../../ui/showError';
import type { IssuedPassword } from './FirstPassword';
import { SecondPerson } from './SecondPerson';
import type { StaffAct } from './staffActs';

interface ResetPasswordProps {
  asked: StaffAct | null;
  onClose: () => void;
  onReset: (password: IssuedPassword) => void;
}

/** Asks before a person's password stops working, then hands out a temporary one; of some groups a second person decides. */
export function ResetPassword({ asked, onClose, onReset }: ResetPasswordProps) {
  const { t } = useTranslation('staff');
  const onError = (error: unknown) => {
    showError(error);
    // The password was in the answer that got lost: another one is another act, asked for anew.
    if (errorShape(error).code === 'ALREADY_DONE') onClose();
  };
  const reset = useMutation(trpc.staff.resetPassword.mutationOptions({ onSuccess: onReset, onError }));
  const request = useMutation(trpc.staff.requestReset.mutationOptions({ onSuccess: onReset, onError }));
  const title = t('reset.title', { name: asked?.member.displayName ?? '' });
  if (asked && !takesOnePerson(asked.member.group)) {
    return (
      <SecondPerson
        title={title}
        text={t('reset.second')}
        busy={request.isPending}
        onClose={onClose}
        onAsk={(reason) => request.mutate({ requestId: asked.requestId, login: asked.member.login, reason })}
      />
    );
  }
  return (
    <ConfirmDanger
      opened={asked !== null}
      title={title}
      confirmLabel={t('reset.confirm')}
      busy={reset.isPending}
      onClose={onClose}
      onConfirm={() => asked && reset.mutate({ requestId: asked.requestId, login: asked.member.login })}
    >
      {t('reset.text')}
    </ConfirmDanger>
  );
}
