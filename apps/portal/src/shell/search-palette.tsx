'use client';
import { useRead } from '@komplat/api-client';
import {
  AppLink,
  Icon,
  Loading,
  Segments,
  useErrorText,
  useMessage,
  useRouter,
  useText,
  type IconName,
  type Message,
} from '@komplat/ui';
import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useEffect, useState, type KeyboardEvent, type ReactNode } from 'react';

interface Hit {
  readonly href: string;
  readonly title: string;
  readonly detail: string;
  readonly score: number;
}
interface Group {
  readonly source: string;
  readonly title: Message | string;
  readonly hits: readonly Hit[];
}
interface Found {
  readonly understood: readonly { readonly token: string; readonly as: string }[];
  readonly groups: readonly Group[];
  readonly tookMs: number;
}

const PAUSE_MS = 120;
const MIN_LENGTH = 2;
const iconOf = (href: string): IconName => {
  if (href.startsWith('/registry/accounts')) return 'account';
  if (href.startsWith('/payments')) return 'wallet';
  if (href.startsWith('/processes')) return 'process';
  return href.startsWith('/registry') ? 'building' : 'file';
};

function useDelayed(value: string): string {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return late;
}

/** Digits are found also where the number is written in groups. */
const patternOf = (word: string): string =>
  /^\d+$/.test(word) ? [...word].join('\\s?') : word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Words of the query inside a text are marked. */
function Marked({ text, query }: { text: string; query: string }): ReactNode {
  const words = query.split(/\s+/).filter((word) => word.length >= MIN_LENGTH);
  if (words.length === 0) return text;
  const pattern = new RegExp(`(${words.map(patternOf).join('|')})`, 'giu');
  return text.split(pattern).map((part, index) => (index % 2 === 1 ? <mark key={index}>{part}</mark> : part));
}

function Understood({ found }: { found: Found }): ReactNode {
  const text = useText();
  if (found.understood.length === 0) return null;
  return (
    <span className="sm t2">
      {text('portal.search.understood')}{' '}
      {found.understood.map(({ token, as }, index) => (
        <span key={`${token}${index}`}>
          {index > 0 && ', '}
          <b>{token}</b> {text.has(`portal.search.as.${as}`) ? text(`portal.search.as.${as}`) : as}
        </span>
      ))}
    </span>
  );
}

function Preview({ hit, onClose }: { hit: Hit | undefined; onClose: () => void }): ReactNode {
  const text = useText();
  if (!hit) return <aside className="pal-r" />;
  return (
    <aside className="pal-r">
      <b className="tnum text-md">{hit.title}</b>
      <p className="t2">{hit.detail}</p>
      <div className="pal-act">
        <AppLink href={hit.href} onClick={onClose}>
          <Icon name={iconOf(hit.href)} />
          <span>{text('portal.search.open')}</span>
          <kbd>Enter</kbd>
        </AppLink>
        <a href={hit.href} target="_blank" rel="noopener">
          <Icon name="arrow-right" />
          <span>{text('portal.search.new-tab')}</span>
          <kbd>Ctrl</kbd>
          <kbd>Enter</kbd>
        </a>
      </div>
    </aside>
  );
}

function Results(props: { found: Found; query: string; source: string; onOpen: (hit: Hit) => void }): ReactNode {
  const text = useText();
  const message = useMessage();
  const groups = props.found.groups.filter((group) => props.source === 'all' || group.source === props.source);
  return (
    <Command.List className="pal-l" label={text('portal.search.found')}>
      <Command.Empty className="empty">
        <b>{text('portal.search.nothing')}</b>
        <p>{text('portal.search.nothing-text')}</p>
      </Command.Empty>
      {groups.map((group) => (
        <Command.Group key={group.source} heading={message(group.title)}>
          {group.hits.map((hit) => (
            <Command.Item key={hit.href} value={hit.href} className="hit" onSelect={() => props.onOpen(hit)}>
              <div className="h-ic">
                <Icon name={iconOf(hit.href)} />
              </div>
              <div className="grow">
                <p>
                  <b className="tnum">
                    <Marked text={hit.title} query={props.query} />
                  </b>
                </p>
                <p className="t2">
                  <Marked text={hit.detail} query={props.query} />
                </p>
              </div>
              <div className="r mut">
                <Icon name="chevron-right" />
              </div>
            </Command.Item>
          ))}
        </Command.Group>
      ))}
    </Command.List>
  );
}

function Groups(props: { found: Found; count: number; source: string; onChange: (source: string) => void }): ReactNode {
  const { found, count, source } = props;
  const text = useText();
  const message = useMessage();
  return (
    <div className="pal-f">
      <Segments
        label={text('portal.search.groups')}
        value={source}
        options={[
          { value: 'all', label: `${text('portal.search.all')} ${count}` },
          ...found.groups.map((group) => ({
            value: group.source,
            label: `${message(group.title)} ${group.hits.length}`,
          })),
        ]}
        onChange={props.onChange}
      />
      <Understood found={found} />
    </div>
  );
}

function Palette({ onClose }: { onClose: () => void }): ReactNode {
  const text = useText();
  const router = useRouter();
  const sentence = useErrorText();
  const [typed, setTyped] = useState('');
  const [source, setSource] = useState('all');
  const [value, setValue] = useState('');
  const query = useDelayed(typed.trim());
  const enabled = query.length >= MIN_LENGTH;
  const read = useRead<Found>('administration/search', { q: query, limit: 8 }, { enabled });
  const found = enabled ? read.data : undefined;
  const hits = found?.groups.flatMap((group) => group.hits) ?? [];
  const count = hits.length;
  const current = hits.find((hit) => hit.href === value) ?? hits[0];
  const open = (hit: Hit): void => {
    onClose();
    router.push(hit.href);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !event.ctrlKey || !current) return;
    event.preventDefault();
    window.open(current.href, '_blank', 'noopener');
  };
  return (
    <Command
      shouldFilter={false}
      value={value}
      onValueChange={setValue}
      onKeyDown={onKeyDown}
      label={text('portal.search.title')}
    >
      <div className="pal-in">
        <Icon name="search" />
        <Command.Input className="q" value={typed} onValueChange={setTyped} placeholder={text('portal.search.hint')} />
        {found && (
          <span className="sm mut" role="status">
            {text('portal.search.count', { count, ms: Math.round(found.tookMs) })}
          </span>
        )}
        <kbd>Esc</kbd>
      </div>
      {found && count > 0 && <Groups found={found} count={count} source={source} onChange={setSource} />}
      <div className="pal-b">
        {found ? (
          <Results found={found} query={query} source={source} onOpen={open} />
        ) : enabled && !read.error ? (
          <Loading rows={4} />
        ) : (
          <div className="empty">{read.error && enabled ? sentence(read.error) : text('portal.search.start')}</div>
        )}
        <Preview hit={found ? current : undefined} onClose={onClose} />
      </div>
      <div className="pal-foot">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {text('portal.search.choose')}
        </span>
        <span>
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> {text('portal.search.new-tab')}
        </span>
        <span className="ml-auto">{text('portal.search.phones')}</span>
      </div>
    </Command>
  );
}

/** Search over everything: `Ctrl K`. */
export function SearchPalette({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const text = useText();
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="palette" aria-describedby={undefined}>
          <Dialog.Title className="vh">{text('portal.search.title')}</Dialog.Title>
          <Palette onClose={onClose} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
