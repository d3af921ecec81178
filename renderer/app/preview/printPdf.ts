import { host } from '../host';
import { openPdf } from './pdf';
import './print.css';

/** Dots of paper an inch has: sharp letters, and 15 MB of memory a page. */
const DPI = 200;
const POINTS_PER_INCH = 72;

/**
 * Prints a PDF page by page through the system's dialog, in its own size. Answers false when the person cancelled;
 * rejects with pdf.js's exceptions.
 */
export async function printPdf(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const opening = openPdf(bytes);
  const paper = document.createElement('div');
  paper.className = 'ibok-print-pdf';
  try {
    const pdf = await opening.opened;
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const page = await pdf.getPage(number);
      const viewport = page.getViewport({ scale: DPI / POINTS_PER_INCH });
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(viewport.width);
      canvas.height = Math.round(viewport.height);
      await page.render({ canvas, viewport }).promise;
      paper.append(canvas);
    }
    document.body.append(paper);
    document.documentElement.dataset.printing = 'pdf';
    return await host.print();
  } finally {
    delete document.documentElement.dataset.printing;
    paper.remove();
    opening.close();
  }
}
