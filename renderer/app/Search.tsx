import { Combobox, Group, Kbd, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import {
  IconAddressBook,
  IconBuildingCommunity,
  IconCommand,
  IconGauge,
  IconSearch,
  IconUser,
  IconUserCircle,
} from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../shared/contract/customers';
import { useMay } from '../ui/permissions';
import { useShortcut } from '../ui/shortcuts';
import { showError } from '../ui/showError';
import { COMMAND_SIGN, type Command, useMatchingCommands } from './desktop/commands';
import { useScanner } from './desktop/scanner';
import classes from './Search.module.css';
import { trpc } from './trpc';

const ICONS = { customer: IconUser, premise: IconBuildingCommunity, meter: IconGauge, account: IconUserCircle };
const PATHS = {
  customer: '/customers/$id',
  premise: '/premises/$id',
  meter: '/meters/$id',
  account: '/accounts/$id',
} as const;
const SHORTEST = 2;
const CONTACT = 'contact';
const COMMAND = 'command';
/** A phone, an e-mail address and a NIP have a digit or @; a name has neither. */
const LIKE_CONTACT = /[\d@]/;

/**
 * The one search box: customers, premises and meters while typing; phone, e-mail and NIP on explicit request. The first
 * hit is marked by itself; Enter before the answer is there (a scanner, a quick hand) opens the first hit of that text.
 */
export function Search() {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const mayContact = useMay('customers.findByContact');
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 120);
  const [marked, setMarked] = useState<string>();
  const [enterPending, setEnterPending] = useState<string | null>(null);
  /** The question whose first hit has been marked: later answers to it leave the mark where the arrows took it. */
  const markedFor = useRef<string>(null);
  const combobox = useCombobox({ onDropdownClose: unmark });
  const commands = useMatchingCommands(text);
  const commandsOnly = text.trimStart().startsWith(COMMAND_SIGN);
  const enabled = asked.length >= SHORTEST && !commandsOnly && !asked.startsWith(COMMAND_SIGN);
  const found = useQuery(
    trpc.customers.search.queryOptions(
      { text: asked },
      // Words typed here may name a person: forgotten soon after nobody looks at the answer.
      { enabled, placeholderData: keepPreviousData, gcTime: 60_000, trpc: { abortOnUnmount: true } },
    ),
  );
  const byContact = useMutation(trpc.customers.findByContact.mutationOptions({ onError: showError }));
  const contactHits = byContact.variables?.text === text.trim() ? byContact.data?.hits : undefined;
  const hits = contactHits ?? (enabled ? (found.data?.hits ?? []) : []);
  const current = enabled && asked === text.trim() && !found.isPlaceholderData && found.isSuccess;

  const shown = text.trim().length >= SHORTEST || commandsOnly;
  const opened = shown && combobox.dropdownOpened;
  const offersContact = mayContact && !contactHits && !commandsOnly && LIKE_CONTACT.test(text);
  const none = current && hits.length === 0 && commands.length === 0 && !contactHits && !byContact.isPending;
  /** An open list with nothing in it would be an empty box. */
  const filled = hits.length > 0 || commands.length > 0 || offersContact || none || contactHits !== undefined;
  const question = contactHits ? `${CONTACT}:${asked}` : commandsOnly ? text : current ? asked : null;

  function unmark() {
    markedFor.current = null;
    combobox.resetSelectedOption();
  }
  /** Mantine would go on naming an option that is gone; this names the one that is marked now, or none. */
  function follow() {
    const list = combobox.listId ? document.getElementById(combobox.listId) : null;
    setMarked(list?.querySelector('[data-combobox-selected]')?.id);
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list of options is another mark
  useEffect(() => {
    if (opened && question !== null && markedFor.current !== question) {
      markedFor.current = question;
      // Looking for a phone or NIP is logged: it is never marked unasked.
      if (hits.length > 0 || commands.length > 0) combobox.selectFirstOption();
      else combobox.resetSelectedOption();
    } else {
      // The marked option may have moved: Enter goes by its place in the list.
      combobox.updateSelectedOptionIndex('selected');
    }
    follow();
  }, [hits, commands, opened, question]);

  useShortcut('Ctrl+K', t('search.label'), () => {
    input.current?.focus();
    input.current?.select();
  });

  function open(hit: SearchHit) {
    combobox.closeDropdown();
    setText('');
    byContact.reset();
    input.current?.blur();
    void navigate({ to: PATHS[hit.kind], params: { id: hit.id } });
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when an answer arrives or Enter was pressed before it
  useEffect(() => {
    if (enterPending === null || !current || enterPending !== asked) return;
    setEnterPending(null);
    const [first] = hits;
    if (first) return open(first);
    combobox.selectFirstOption();
    follow();
  }, [enterPending, current, asked]);

  // What a scanner read outside of any field is searched for as if it had been typed here.
  useScanner((code) => {
    setText(code);
    setEnterPending(code);
    combobox.openDropdown();
    input.current?.focus();
  });

  function runCommand(command: Command) {
    combobox.closeDropdown();
    setText('');
    input.current?.blur();
    command.run();
  }

  function choose(value: string) {
    const command = commands.find(({ id }) => `${COMMAND}:${id}` === value);
    if (command) return runCommand(command);
    if (value === CONTACT) return byContact.mutate({ text: text.trim() });
    const hit = hits.find(({ kind, id }) => `${kind}:${id}` === value);
    if (hit) open(hit);
  }

  return (
    <search className={classes.search}>
      <Combobox
        store={combobox}
        onOptionSubmit={choose}
        withinPortal={false}
        shadow="md"
        transitionProps={{ duration: 0 }}
      >
        <Combobox.Target withAriaAttributes={false}>
          <TextInput
            ref={input}
            role="combobox"
            aria-label={t('search.label')}
            aria-haspopup="listbox"
            aria-autocomplete="list"
            aria-expanded={opened && filled}
            aria-controls={opened && filled ? (combobox.listId ?? undefined) : undefined}
            aria-activedescendant={opened && filled ? marked : undefined}
            placeholder={t('search.placeholder')}
            leftSection={<IconSearch size={16} aria-hidden />}
            rightSectionWidth={found.isFetching || byContact.isPending ? 36 : 64}
            rightSectionPointerEvents="none"
            rightSection={found.isFetching || byContact.isPending ? <Loader size={14} /> : <Kbd size="xs">Ctrl K</Kbd>}
            value={text}
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setEnterPending(null);
              byContact.reset();
              combobox.openDropdown();
              unmark();
            }}
            onFocus={() => combobox.openDropdown()}
            onBlur={() => {
              setEnterPending(null);
              combobox.closeDropdown();
            }}
            onKeyDown={(event) => {
              queueMicrotask(follow);
              if (event.key === 'Escape') setEnterPending(null);
              if (event.key !== 'Enter' || combobox.getSelectedOptionIndex() >= 0 || !shown) return;
              event.preventDefault();
              setEnterPending(text.trim());
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={!shown || !filled} className={classes.dropdown}>
          {/* Words, not options: a list of choices may hold nothing else. */}
          {contactHits?.length === 0 && <Combobox.Empty>{t('search.noContact')}</Combobox.Empty>}
          {none && <Combobox.Empty>{t('search.none')}</Combobox.Empty>}
          <Combobox.Options aria-label={t('search.results')} mah="min(26rem, 70dvh)" className={classes.options}>
            {kindsOf(hits).map((kind) => (
              <Hits key={kind} kind={kind} hits={hits.filter((hit) => hit.kind === kind)} />
            ))}
            {commands.length > 0 && <CommandOptions commands={commands} />}
            {offersContact && (
              <Combobox.Option value={CONTACT} className={classes.contact}>
                <Group gap="xs" wrap="nowrap">
                  <IconAddressBook size={18} stroke={1.5} aria-hidden />
                  <div>
                    <Text>{t('search.contact')}</Text>
                    <Text size="xs" className={classes.dimmed}>
                      {t('search.contactHint')}
                    </Text>
                  </div>
                </Group>
              </Combobox.Option>
            )}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <span role="status" className={classes.status}>
        {shown && current && !byContact.isPending ? t('search.count', { count: hits.length }) : ''}
      </span>
    </search>
  );
}

/** The group of the best hit comes first, so that what Enter opens is what stands on top. */
function kindsOf(hits: readonly SearchHit[]): readonly SearchHit['kind'][] {
  return [...new Set(hits.map(({ kind }) => kind))];
}

function Hits({ kind, hits }: { kind: SearchHit['kind']; hits: readonly SearchHit[] }) {
  const { t } = useTranslation('shell');
  const IconOf = ICONS[kind];
  if (hits.length === 0) return null;
  return (
    <Combobox.Group label={t(`search.group.${kind}`)}>
      {hits.map((hit) => (
        <Combobox.Option key={hit.id} value={`${hit.kind}:${hit.id}`}>
          <Group gap="xs" wrap="nowrap">
            <IconOf size={18} stroke={1.5} aria-hidden className={classes.icon} />
            <div className={classes.words}>
              <Text truncate>{hit.title}</Text>
              <Text size="xs" truncate className={classes.dimmed}>
                {hit.subtitle}
              </Text>
            </div>
            <Text size="xs" className={classes.dimmed}>
              {t(`search.reason.${hit.reason}`)}
            </Text>
          </Group>
        </Combobox.Option>
      ))}
    </Combobox.Group>
  );
}

function CommandOptions({ commands }: { commands: readonly Command[] }) {
  const { t } = useTranslation('shell');
  return (
    <Combobox.Group label={t('search.group.command')}>
      {commands.map(({ id, label, keys }) => (
        <Combobox.Option key={id} value={`${COMMAND}:${id}`}>
          <Group gap="xs" wrap="nowrap">
            <IconCommand size={18} stroke={1.5} aria-hidden className={classes.icon} />
            <Text truncate className={classes.words}>
              {label}
            </Text>
            {keys && <Kbd size="xs">{keys.replace('+', ' ')}</Kbd>}
          </Group>
        </Combobox.Option>
      ))}
    </Combobox.Group>
  );
}
