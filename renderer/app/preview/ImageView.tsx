import { useEffect, useState } from 'react';
import type { DocumentMime } from '../../../shared/contract/documents';
import type { PreviewFault } from './NoPreview';
import classes from './preview.module.css';

interface ImageViewProps {
  bytes: Uint8Array<ArrayBuffer>;
  mime: DocumentMime;
  name: string;
  /** 1 fits the width of the pane; a small picture is not blown up. */
  zoom: number;
  onFault: (fault: PreviewFault) => void;
}

/** A picture from an address of its own that dies with it. Its type is the one the core found, whatever its name says. */
export function ImageView({ bytes, mime, name, zoom, onFault }: ImageViewProps) {
  const [url, setUrl] = useState<string | null>(null);
  const [width, setWidth] = useState<number | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type: mime }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, mime]);
  if (!url) return null;
  return (
    <div className={classes.sheet}>
      <img
        className={classes.image}
        src={url}
        alt={name}
        style={{ width: width === null ? undefined : `calc(min(100%, ${width}px) * ${zoom})` }}
        onLoad={({ currentTarget }) => setWidth(currentTarget.naturalWidth)}
        onError={() => onFault('broken')}
      />
    </div>
  );
}
