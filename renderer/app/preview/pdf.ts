import {
  AnnotationMode,
  GlobalWorkerOptions,
  getDocument,
  type PDFDocumentProxy,
  type PDFPageProxy,
  type RenderTask,
  TextLayer,
} from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = workerUrl;

/** How long a document may take to open, and a page to be painted (security.md I3), in milliseconds. */
export const PATIENCE_MS = 10_000;
/** The most pixels of a picture inside a document that are decoded; a larger one is left out. */
const MAX_IMAGE_PIXELS = 40_000_000;
/** The most pixels of the canvas: a page far zoomed in is painted coarser rather than in gigabytes. */
const MAX_CANVAS_PIXELS = 16_000_000;

const beside = (folder: string) => new URL(`pdfjs/${folder}/`, document.baseURI).href;

/** A document that is being opened. */
export interface OpeningPdf {
  opened: Promise<PDFDocumentProxy>;
  /** Ends its worker, in the middle of whatever it does. */
  close(): void;
}

/**
 * Opens a PDF in a worker of its own. No script, form logic (XFA) or WebAssembly of it or for it runs: the page's
 * policy allows none, so decoders come as plain JavaScript. `opened` rejects with pdf.js's own exceptions.
 */
export function openPdf(bytes: Uint8Array<ArrayBuffer>): OpeningPdf {
  const task = getDocument({
    // A copy: the worker takes the memory over.
    data: bytes.slice(),
    enableXfa: false,
    useWasm: false,
    // The same letters on every machine: standard fonts that a file does not bring come from us.
    useSystemFonts: false,
    wasmUrl: beside('wasm'),
    standardFontDataUrl: beside('standard_fonts'),
    maxImageSize: MAX_IMAGE_PIXELS,
    verbosity: 0,
  });
  return { opened: task.promise, close: () => void task.destroy() };
}

interface Painting {
  page: PDFPageProxy;
  /** CSS pixels. */
  width: number;
  zoom: number;
  canvas: HTMLCanvasElement;
  text: HTMLDivElement;
}

/** Paints a page as wide as asked and lays its letters over it, so that they can be marked and read out. */
export function paintPage({ page, width, zoom, canvas, text }: Painting): { done: Promise<void>; cancel(): void } {
  const natural = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: (width / natural.width) * zoom });
  const density = Math.min(
    window.devicePixelRatio || 1,
    Math.sqrt(MAX_CANVAS_PIXELS / (viewport.width * viewport.height)),
  );
  canvas.width = Math.floor(viewport.width * density);
  canvas.height = Math.floor(viewport.height * density);
  for (const { style } of [canvas, text]) {
    style.width = `${Math.floor(viewport.width)}px`;
    style.height = `${Math.floor(viewport.height)}px`;
  }
  text.style.setProperty('--total-scale-factor', String(viewport.scale));
  text.replaceChildren();
  const painting: RenderTask = page.render({
    canvas,
    viewport,
    transform: [density, 0, 0, density, 0, 0],
    // What annotations look like is painted; nothing of them can be clicked.
    annotationMode: AnnotationMode.ENABLE,
  });
  const letters = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
  return {
    done: Promise.all([painting.promise, letters.render()]).then(() => undefined),
    cancel: () => {
      painting.cancel();
      letters.cancel();
    },
  };
}
