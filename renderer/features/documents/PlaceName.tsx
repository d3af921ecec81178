import { useTranslation } from 'react-i18next';
import type { DocumentPlace } from '../../../shared/contract/documents';
import { AnchorLink } from '../../ui/AnchorLink';

/** The record a document belongs to, as a link to it. */
export function PlaceName({ place: { kind, id, label, contractNo } }: { place: DocumentPlace }) {
  const { t } = useTranslation('documents');
  return (
    <>
      {kind === 'customer' ? (
        <AnchorLink underline="always" to="/customers/$id" params={{ id }} search={{ tab: 'documents' }}>
          {label}
        </AnchorLink>
      ) : kind === 'meter' ? (
        <AnchorLink underline="always" to="/meters/$id" params={{ id }}>
          {label}
        </AnchorLink>
      ) : (
        t(`place.${kind}`)
      )}
      {contractNo && `, ${t('contract', { no: contractNo })}`}
    </>
  );
}
