import { Button, Stack } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';
import { Counts } from './Counts';
import { DropArea } from './DropArea';
import { Faults } from './Faults';
import { FileSummary } from './FileSummary';
import { FormerImports } from './FormerImports';
import { Preview } from './Preview';
import { Receipt } from './Receipt';
import { ResumeImport } from './ResumeImport';
import { Running } from './Running';
import { StartImport } from './StartImport';
import { useImport } from './useImport';

/** One file at a time: choose, see what it would do, decide, watch, and keep the receipt. */
export function ImportsPage() {
  const { t } = useTranslation('imports');
  const work = useImport();
  const { checked, run, progress } = work;
  const running = run !== null && (work.starting || progress === undefined || progress.state === 'running');
  const finished = run !== null && !running && progress !== undefined && progress.state !== 'checked';
  const fresh = checked && !work.checking;

  /** The same file once more, read as it was but for what is said anew. */
  function checkAgain(encoding = checked?.encoding) {
    if (!checked) return;
    const { importKey, kind, mapping } = checked;
    work.check({ importKey, kind, ...(encoding ? { encoding } : {}), ...(mapping ? { mapping } : {}) });
  }

  // The head of the screen tells the new state, and the person may be far below it.
  const stage = finished ? 'finished' : running ? 'running' : fresh ? 'checked' : 'choose';
  useEffect(() => {
    if (stage !== 'choose') document.querySelector<HTMLElement>('[data-page-title]')?.focus();
  }, [stage]);

  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          fresh &&
          !running && (
            <Button variant="default" onClick={work.reset}>
              {t('choose.another')}
            </Button>
          )
        }
      />
      {!fresh && (
        <DropArea
          onSlot={(slot) => work.check({ slot })}
          onMapped={work.check}
          checking={work.checking}
          error={work.checkError}
        />
      )}
      {fresh && (
        <Stack gap="lg">
          {running && <Running progress={progress} cancelling={work.cancelling} onCancel={work.cancel} />}
          {finished && (
            <Receipt progress={progress} onNext={work.reset} onAgain={() => run && work.start(run.mode, run.resume)} />
          )}
          {!finished && (
            <FileSummary checked={checked} fixed={running} onEncoding={(encoding) => checkAgain(encoding)} />
          )}
          {!finished && <Counts counts={checked.verdicts} />}
          {!running && !finished && checked.interrupted && (
            <ResumeImport
              interrupted={checked.interrupted}
              checked={checked}
              starting={work.starting}
              onResume={(importId) => work.start('good', importId)}
              onCleared={() => checkAgain()}
            />
          )}
          {!running && !finished && !checked.interrupted && (
            <StartImport key={checked.importKey} checked={checked} starting={work.starting} onStart={work.start} />
          )}
          {!running && (
            <Faults
              importKey={checked.importKey}
              faults={finished ? progress.faults : checked.faults}
              faultCount={finished ? progress.faultCount : checked.faultCount}
            />
          )}
          {!running && !finished && <Preview preview={checked.preview} />}
        </Stack>
      )}
      <FormerImports />
    </>
  );
}
