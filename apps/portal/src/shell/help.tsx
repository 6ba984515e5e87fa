'use client';
import { Dialog, IconButton, useKeyHelp, useKeys, useRouter, useShownKeys, useText, Button } from '@komplat/ui';
import { useState, type ReactNode } from 'react';

/** Which help belongs to which address; the first that fits. */
const HELP: readonly (readonly [name: string, path: RegExp])[] = [
  ['home', /^\/$/],
  ['search', /^\/search/],
  ['accounts', /^\/registry\/accounts$/],
  ['card', /^\/registry\/accounts\//],
  ['imports', /^\/payments\/imports$/],
  ['import', /^\/payments\/imports\//],
  ['suspense', /^\/payments\/suspense/],
  ['desk', /^\/payments\/desk/],
  ['exceptions', /^\/billing\/close\/[^/]+\//],
  ['close', /^\/billing\/close/],
  ['turnover', /^\/billing\/turnover/],
  ['approvals', /^\/approvals/],
  ['processes', /^\/processes/],
];

function Keys(): ReactNode {
  const text = useText();
  const keys = useShownKeys();
  return (
    <ul className="keys">
      {keys.map(([key, message]) => (
        <li key={`${key}${message}`}>
          <span>
            {key.split(' ').map((part) => (
              <kbd key={part}>{part}</kbd>
            ))}
          </span>
          {text(message)}
        </li>
      ))}
    </ul>
  );
}

/** Help of the page that is open, in a few sentences, with its keys: `F1`. The keys alone: `?`. */
export function Help(): ReactNode {
  const text = useText();
  const { path } = useRouter();
  const [open, setOpen] = useState<'help' | 'keys'>();
  const name = HELP.find(([, pattern]) => pattern.test(path))?.[0] ?? 'home';
  useKeys({ F1: () => setOpen('help'), '?': () => setOpen('keys') });
  useKeyHelp([
    ['Ctrl+K', 'portal.keys.search'],
    ['F1', 'portal.keys.help'],
    ['Esc', 'portal.keys.close'],
  ]);
  const close = (): void => setOpen(undefined);
  return (
    <>
      <IconButton icon="help" label={text('portal.help.open')} aria-keyshortcuts="F1" onClick={() => setOpen('help')} />
      <Dialog
        open={open !== undefined}
        title={open === 'help' ? text(`portal.help.${name}.title`) : text('ui.keys.title')}
        onClose={close}
      >
        <div className="b" data-help={open}>
          {open === 'help' &&
            text(`portal.help.${name}.text`)
              .split('\n')
              .map((line) => <p key={line}>{line}</p>)}
          {open === 'help' && <h3 className="font-semibold">{text('ui.keys.title')}</h3>}
          <Keys />
        </div>
        <footer>
          <Button onClick={close} keys={['Esc']}>
            {text('ui.close')}
          </Button>
        </footer>
      </Dialog>
    </>
  );
}
