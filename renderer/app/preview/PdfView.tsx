import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreviewFault } from './NoPreview';
import { openPdf, PATIENCE_MS, paintPage } from './pdf';
import classes from './preview.module.css';

/** Room beside the sheet, and how wide a sheet is at most before somebody zooms, in CSS pixels. */
const MARGIN = 32;
const WIDEST = 900;
const NARROWEST = 200;

interface PdfViewProps {
  bytes: Uint8Array<ArrayBuffer>;
  page: number;
  /** 1 fits the width of the pane, or is a sheet wide enough to be read. */
  zoom: number;
  onPages: (pages: number) => void;
  onFault: (fault: PreviewFault) => void;
}

/** One page of a PDF at a time. What takes longer than ten seconds is ended and said. */
export function PdfView({ bytes, page, zoom, onPages, onFault }: PdfViewProps) {
  const { t } = useTranslation('documents');
  const { ref, width } = useElementSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const [painted, setPainted] = useState(0);
  const report = useRef({ onPages, onFault });
  useEffect(() => {
    report.current = { onPages, onFault };
  });

  useEffect(() => {
    const opening = openPdf(bytes);
    let over = false;
    const end = (fault: PreviewFault | null) => {
      if (over) return;
      over = true;
      clearTimeout(clock);
      opening.close();
      if (fault) report.current.onFault(fault);
    };
    const clock = setTimeout(() => end('slow'), PATIENCE_MS);
    opening.opened.then(
      (document) => {
        clearTimeout(clock);
        if (over) return;
        setPdf(document);
        report.current.onPages(document.numPages);
      },
      (error: unknown) => end((error as Error).name === 'PasswordException' ? 'password' : 'broken'),
    );
    return () => end(null);
  }, [bytes]);

  useEffect(() => {
    if (!pdf || width === 0) return;
    let over = false;
    let cancel: () => void = () => undefined;
    const clock = setTimeout(() => {
      cancel();
      report.current.onFault('slow');
    }, PATIENCE_MS);
    const paint = async () => {
      const sheet = await pdf.getPage(page);
      if (over || !canvas.current || !text.current) return;
      const room = Math.min(WIDEST, Math.max(NARROWEST, width - MARGIN));
      const painting = paintPage({ page: sheet, width: room, zoom, canvas: canvas.current, text: text.current });
      cancel = painting.cancel;
      await painting.done;
      if (!over) setPainted(page);
    };
    paint()
      .catch((error: unknown) => {
        const { name } = error as Error;
        // Cancelled: by this page itself.
        if (!over && name !== 'RenderingCancelledException' && name !== 'AbortException') {
          report.current.onFault('broken');
        }
      })
      .finally(() => clearTimeout(clock));
    return () => {
      over = true;
      clearTimeout(clock);
      cancel();
    };
  }, [pdf, page, zoom, width]);

  const label = t('preview.pageLabel', { page, count: pdf?.numPages ?? page });
  return (
    <div ref={ref} className={classes.sheet}>
      {painted === 0 && (
        <Text c="dimmed" role="status">
          {t('preview.loading')}
        </Text>
      )}
      <div className={classes.page} aria-busy={painted !== page} data-unpainted={painted === 0 || undefined}>
        <canvas ref={canvas} role="img" aria-label={label} />
        <div ref={text} className={classes.letters} />
      </div>
    </div>
  );
}
