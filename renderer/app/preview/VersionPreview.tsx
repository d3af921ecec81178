import { Drawer, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentVersion } from '../../../shared/contract/documents';
import { ErrorState } from '../../ui/ErrorState';
import { ShortcutLayer, useShortcut } from '../../ui/shortcuts';
import { ImageView } from './ImageView';
import { NoPreview, type PreviewFault } from './NoPreview';
import { type FileSource, type OpenedBytes, readFile, storedVersion } from './openDocument';
import { PreviewBar } from './PreviewBar';
import classes from './preview.module.css';
import { TextView } from './TextView';

/** How much of the pane one press of a page key moves. */
const SCREENFUL = 0.9;

const PdfView = lazy(async () => ({ default: (await import('./PdfView')).PdfView }));

/** What a preview shows of a file before its bytes are here; a PDF that is made on demand has no size yet. */
export type PreviewFile = Pick<DocumentVersion, 'id' | 'fileName' | 'mime'> & { size: number | null };

interface VersionPreviewProps {
  title: string;
  version: PreviewFile;
  /** Where its bytes come from, when not from the documents of a record. */
  source?: FileSource;
  /** Hears that it was sent to a printer. */
  onPrinted?: () => void;
  previous?: (() => void) | undefined;
  next?: (() => void) | undefined;
  onClose: () => void;
}

/** A version in a wide pane beside the record. Opening it is logged; its bytes are forgotten when it closes. */
export function VersionPreview({ title, version, source, onPrinted, previous, next, onClose }: VersionPreviewProps) {
  const { t } = useTranslation('documents');
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(80rem, 92vw)"
      title={title}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'ui' }) }}
      classNames={{ content: classes.content ?? '', body: classes.body ?? '', title: classes.title ?? '' }}
    >
      <ShortcutLayer>
        {/* Keyed: page and zoom of one document are not another's. */}
        <Version
          key={version.id}
          version={version}
          source={source ?? storedVersion(version.id)}
          onPrinted={onPrinted}
          previous={previous}
          next={next}
        />
      </ShortcutLayer>
    </Drawer>
  );
}

type ShownVersion = Pick<VersionPreviewProps, 'version' | 'previous' | 'next'> & {
  source: FileSource;
  onPrinted: (() => void) | undefined;
};

function Version({ version, source, onPrinted, previous, next }: ShownVersion) {
  const { t } = useTranslation('documents');
  const [page, setPage] = useState(1);
  const [pages, setPages] = useState<number | null>(null);
  const [zoom, setZoom] = useState(1);
  const [fault, setFault] = useState<PreviewFault | null>(null);
  const opened = useQuery({
    queryKey: ['document-bytes', version.id],
    queryFn: () => readFile(source),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const stage = useRef<HTMLElement>(null);
  const turnTo = (to: number) => {
    setPage(to);
    stage.current?.scrollTo({ top: 0 });
  };
  /** Through the page first, then to the next one, as on paper. */
  const leaf = (direction: 1 | -1) => {
    const pane = stage.current;
    if (!pane) return;
    const left = direction > 0 ? pane.scrollHeight - pane.clientHeight - pane.scrollTop : pane.scrollTop;
    if (left > 1) return pane.scrollBy({ top: direction * SCREENFUL * pane.clientHeight });
    const to = page + direction;
    if (pages && to >= 1 && to <= pages) turnTo(to);
  };
  useShortcut('PageDown', t('preview.nextPage'), () => leaf(1));
  useShortcut('PageUp', t('preview.previousPage'), () => leaf(-1));
  const unseen = fault ?? (version.mime === 'image/tiff' ? 'tiff' : null);
  return (
    <>
      <PreviewBar
        version={version}
        source={source}
        onPrinted={onPrinted}
        opened={opened.data ?? null}
        paging={version.mime === 'application/pdf' && !unseen ? { page, pages, onPage: turnTo } : null}
        zooming={unseen || version.mime === 'text/plain' ? null : { zoom, onZoom: setZoom }}
        previous={previous}
        next={next}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={stage} className={classes.stage} aria-label={t('preview.content')} tabIndex={0} data-autofocus>
        {opened.isError && <ErrorState error={opened.error} onRetry={() => void opened.refetch()} />}
        {opened.isPending && <Loading />}
        {unseen && <NoPreview fault={unseen} source={source} />}
        {opened.data && !unseen && (
          <Suspense fallback={<Loading />}>
            <Content opened={opened.data} page={page} zoom={zoom} onPages={setPages} onFault={setFault} />
          </Suspense>
        )}
      </section>
    </>
  );
}

interface ContentProps {
  opened: OpenedBytes;
  page: number;
  zoom: number;
  onPages: (pages: number) => void;
  onFault: (fault: PreviewFault) => void;
}

function Content({ opened: { bytes, mime, name }, page, zoom, onPages, onFault }: ContentProps) {
  switch (mime) {
    case 'application/pdf':
      return <PdfView bytes={bytes} page={page} zoom={zoom} onPages={onPages} onFault={onFault} />;
    case 'text/plain':
      return <TextView bytes={bytes} />;
    default:
      return <ImageView bytes={bytes} mime={mime} name={name} zoom={zoom} onFault={onFault} />;
  }
}

function Loading() {
  const { t } = useTranslation('documents');
  return (
    <Text c="dimmed" p="md" role="status">
      {t('preview.loading')}
    </Text>
  );
}
