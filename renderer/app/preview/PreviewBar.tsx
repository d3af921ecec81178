import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import {
  IconArrowAutofitWidth,
  IconChevronDown,
  IconChevronUp,
  IconDeviceFloppy,
  IconFileExport,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
  IconPrinter,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { type DragEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../../ui/shortcuts';
import { showError } from '../../ui/showError';
import { host } from '../host';
import { useFileSize } from './fileSize';
import { type FileSource, type OpenedBytes, saveFile } from './openDocument';
import classes from './preview.module.css';
import { printPdf } from './printPdf';
import type { PreviewFile } from './VersionPreview';

const ZOOM_STEP = 1.25;
const ZOOM_MIN = 0.25;
const ZOOM_MAX = 5;

interface PreviewBarProps {
  version: PreviewFile;
  source: FileSource;
  onPrinted: (() => void) | undefined;
  opened: OpenedBytes | null;
  /** `pages` is null until the document is open; the place for it is there from the start. */
  paging: { page: number; pages: number | null; onPage: (page: number) => void } | null;
  zooming: { zoom: number; onZoom: (zoom: number) => void } | null;
  previous: (() => void) | undefined;
  next: (() => void) | undefined;
}

/** The acts of a preview, each with its key. */
export function PreviewBar({ version, source, onPrinted, opened, paging, zooming, previous, next }: PreviewBarProps) {
  const { t } = useTranslation('documents');
  const fileSize = useFileSize();
  const size = opened?.bytes.byteLength ?? version.size;
  const save = () => void saveFile(source).catch(showError);
  const print =
    opened && paging
      ? () => void printPdf(opened.bytes).then((done) => (done ? onPrinted?.() : undefined), showError)
      : undefined;
  return (
    <Group className={classes.bar} justify="space-between" gap="xs" role="toolbar" aria-label={t('preview.title')}>
      <Group gap={4}>
        <Act keys="K" label={t('preview.previous')} icon={IconPlayerTrackPrev} act={previous} />
        <Act keys="J" label={t('preview.next')} icon={IconPlayerTrackNext} act={next} />
      </Group>
      {paging && <Paging {...paging} />}
      {zooming && <Zooming {...zooming} />}
      <Group gap="xs" wrap="nowrap">
        <Text size="sm" c="dimmed" className={classes.fileName} title={version.fileName}>
          {version.fileName}
        </Text>
        <Text size="sm" c="dimmed" className={classes.size}>
          {size !== null && fileSize(size)}
        </Text>
        {opened && <DragOut opened={opened} />}
        {paging && <Act keys="Ctrl+P" label={t('preview.print')} icon={IconPrinter} act={print} />}
        <Act keys="Ctrl+S" label={t('preview.save')} icon={IconDeviceFloppy} act={save} />
      </Group>
    </Group>
  );
}

function Paging({ page, pages, onPage }: NonNullable<PreviewBarProps['paging']>) {
  const { t } = useTranslation('documents');
  const go = (to: number) => (pages && to >= 1 && to <= pages ? () => onPage(to) : undefined);
  return (
    <Group gap={4}>
      <Act label={t('preview.previousPage')} icon={IconChevronUp} act={go(page - 1)} />
      <Text size="sm" className={classes.figures} aria-live="polite">
        {t('preview.page')} {page} {t('preview.pageOf', { pages: pages ?? '…' })}
      </Text>
      <Act label={t('preview.nextPage')} icon={IconChevronDown} act={go(page + 1)} />
    </Group>
  );
}

function Zooming({ zoom, onZoom }: NonNullable<PreviewBarProps['zooming']>) {
  const { t } = useTranslation('documents');
  const by = (factor: number) => {
    const to = Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, zoom * factor));
    return to === zoom ? undefined : () => onZoom(to);
  };
  const percent = Math.round(zoom * 100);
  return (
    <Group gap={4}>
      <Act keys="-" label={t('preview.zoomOut')} icon={IconZoomOut} act={by(1 / ZOOM_STEP)} />
      <Text size="sm" className={classes.figures} aria-label={t('preview.zoom', { percent })} role="status">
        {percent}%
      </Text>
      {/* The key of + without Shift. */}
      <Act keys="=" label={t('preview.zoomIn')} icon={IconZoomIn} act={by(ZOOM_STEP)} />
      <Act
        keys="0"
        label={t('preview.fit')}
        icon={IconArrowAutofitWidth}
        act={zoom === 1 ? undefined : () => onZoom(1)}
      />
    </Group>
  );
}

interface ActProps {
  keys?: string;
  label: string;
  icon: typeof IconZoomIn;
  /** Undefined where there is nothing to do: the button stays at its place, at rest. */
  act: (() => void) | undefined;
}

function Act({ keys = '', label, icon: IconOf, act }: ActProps) {
  useShortcut(keys, label, () => act?.(), { enabled: keys !== '' && act !== undefined });
  return (
    <Tooltip label={keys ? `${label} (${keys})` : label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={!act} onClick={act}>
        <IconOf size={18} stroke={1.75} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** The file itself, to be dragged to the desktop or into a mail. */
function DragOut({ opened: { bytes, mime, name } }: { opened: OpenedBytes }) {
  const { t } = useTranslation('documents');
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type: mime }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, mime]);
  const drag = (event: DragEvent) => {
    if (host.kind === 'electron') {
      // Downloads are closed there: the host hands the file to the system itself.
      event.preventDefault();
      host.putFile(name, bytes).then(host.dragFile).catch(showError);
      return;
    }
    event.dataTransfer.effectAllowed = 'copy';
    event.dataTransfer.setData('DownloadURL', `${mime}:${name}:${url}`);
  };
  return (
    <Tooltip label={t('preview.drag')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging is the mouse's way, saving the keyboard's */}
      <span draggable className={classes.handle} onDragStart={drag} data-drag-out={name}>
        <IconFileExport size={18} stroke={1.75} aria-hidden />
      </span>
    </Tooltip>
  );
}
