import { useId, useRef } from 'react';
import { type FileSource, heldFile, type OpenedBytes, readFile } from './openDocument';
import { VersionPreview } from './VersionPreview';

interface MadePdfPreviewProps {
  title: string;
  /** Has the core make the PDF; asked once, so that what is printed or saved is what is shown. */
  make: FileSource;
  onPrinted?: () => void;
  onClose: () => void;
}

/** A PDF made on demand and stored nowhere: shown, printed, saved. Rejections of `make` are shown with a second try. */
export function MadePdfPreview({ title, make, onPrinted, onClose }: MadePdfPreviewProps) {
  const id = useId();
  const made = useRef<OpenedBytes | null>(null);
  const source: FileSource = async () => {
    made.current ??= await readFile(make);
    return heldFile(made.current)();
  };
  return (
    <VersionPreview
      title={title}
      version={{ id, fileName: `${title}.pdf`, mime: 'application/pdf', size: null }}
      source={source}
      {...(onPrinted && { onPrinted })}
      onClose={onClose}
    />
  );
}
