import type { DocumentRecord } from '../../../shared/contract/documents';
import { VersionPreview } from '../../app/preview/VersionPreview';

interface DocumentPreviewProps {
  /** As listed: next and previous walk through these. */
  documents: readonly DocumentRecord[];
  openedId: string | null;
  onShow: (id: string) => void;
  onClose: () => void;
}

/** The newest version of a listed document, and its neighbours in the list one key away. */
export function DocumentPreview({ documents, openedId, onShow, onClose }: DocumentPreviewProps) {
  const place = documents.findIndex(({ id }) => id === openedId);
  const document = documents[place];
  if (!document) return null;
  const goTo = (neighbour: DocumentRecord | undefined) => neighbour && (() => onShow(neighbour.id));
  return (
    <VersionPreview
      title={document.title}
      version={document.latest}
      previous={goTo(documents[place - 1])}
      next={goTo(documents[place + 1])}
      onClose={onClose}
    />
  );
}
