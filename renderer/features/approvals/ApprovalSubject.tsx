import { useTranslation } from 'react-i18next';
import type { ApprovalRow } from '../../../shared/contract/approvals';
import { AnchorLink } from '../../ui/AnchorLink';
import { useMay } from '../../ui/permissions';

/** Whom or what a request is about: a link where it has a screen that this person may open. */
export function ApprovalSubject({ approval }: { approval: Pick<ApprovalRow, 'subject' | 'label'> }) {
  const { t } = useTranslation('approvals');
  const seesStaff = useMay('staff.list');
  const seesDeletions = useMay('deletions.get');
  const [table, id = ''] = approval.subject.split(':');
  const label = approval.label ?? t('erased');
  if (table === 'staff_members' && seesStaff) return <AnchorLink to="/settings/staff">{label}</AnchorLink>;
  if (table === 'deletion_requests' && seesDeletions) {
    return (
      <AnchorLink to="/deletions/$id" params={{ id }}>
        {label}
      </AnchorLink>
    );
  }
  return <>{label}</>;
}
