'use client';
import {
  formatPeriod,
  Icon,
  initialsOf,
  shiftPeriod,
  shortName,
  useKeys,
  useLocale,
  useMe,
  useRouter,
  useText,
  withSearch,
} from '@komplat/ui';
import { DropdownMenu } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { applyLocale, applyTheme, currentTheme, type Theme } from './preferences.tsx';
import { SearchPalette } from './search-palette.tsx';
import { useSession } from './session-gate.tsx';

const CLOSE_PATH = /^(\/billing\/close)\/\d{4}-\d{2}/;
const PERIODS_SHOWN = 14;
const PERIODS_AHEAD = 1;

function PeriodSwitcher(): ReactNode {
  const text = useText();
  const locale = useLocale();
  const me = useMe();
  const router = useRouter();
  const inPath = /^\/billing\/close\/(\d{4}-\d{2})/.exec(router.path)?.[1];
  const period = inPath ?? router.search.get('period') ?? me.period;
  const choose = (next: string): void =>
    router.push(
      inPath
        ? router.path.replace(CLOSE_PATH, `$1/${next}`)
        : withSearch(router.path, router.search, { period: next === me.period ? undefined : next }),
    );
  useKeys({ '[': () => choose(shiftPeriod(period, -1)), ']': () => choose(shiftPeriod(period, 1)) });
  const word = (value: string): string =>
    text(
      value === me.period ? 'portal.period.current' : value < me.period ? 'portal.period.past' : 'portal.period.ahead',
    );
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className="period"
          aria-label={`${text('portal.period.label')}: ${formatPeriod(period, locale)}, ${word(period)}`}
        >
          <Icon name="calendar" />
          <span>
            <b>{formatPeriod(period, locale)}</b> {word(period)}
          </span>
          <Icon name="chevron-down" size={14} />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <DropdownMenu.RadioGroup value={period} onValueChange={choose}>
            {Array.from({ length: PERIODS_SHOWN }, (_, index) => shiftPeriod(me.period, PERIODS_AHEAD - index)).map(
              (value) => (
                <DropdownMenu.RadioItem key={value} value={value}>
                  <span className="grow">{formatPeriod(value, locale)}</span>
                  <span className="mut sm">{word(value)}</span>
                </DropdownMenu.RadioItem>
              ),
            )}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { value: T; label: string; icon: 'light' | 'dark' | 'system' | 'language' }[];
  onChoose: (value: T) => void;
}): ReactNode {
  return (
    <DropdownMenu.RadioGroup value={props.value} aria-label={props.label}>
      <div className="label">{props.label}</div>
      {props.options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} onSelect={() => props.onChoose(option.value)}>
          <Icon name={option.icon} />
          <span className="grow">{option.label}</span>
          <DropdownMenu.ItemIndicator>
            <Icon name="check" size={14} />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

function UserMenu(): ReactNode {
  const text = useText();
  const locale = useLocale();
  const me = useMe();
  const session = useSession();
  const [theme, setTheme] = useState<Theme>('system');
  const roles = me.roles
    .filter((role) => text.has(`role.${role}`))
    .map((role) => text(`role.${role}`))
    .join(', ');
  const put = (next: Theme): void => {
    setTheme(next);
    applyTheme(next);
  };
  return (
    <DropdownMenu.Root onOpenChange={(open) => open && setTheme(currentTheme())}>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="user" id="user-menu">
          <span className="ava" aria-hidden="true">
            {initialsOf(me.fullName)}
          </span>
          <span className="who">
            <b>{shortName(me.fullName)}</b>
            <small>{roles}</small>
          </span>
          <Icon name="chevron-down" size={14} />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <Choice
            label={text('portal.user.theme')}
            value={theme}
            options={[
              { value: 'light', label: text('portal.theme.light'), icon: 'light' },
              { value: 'dark', label: text('portal.theme.dark'), icon: 'dark' },
              { value: 'system', label: text('portal.theme.system'), icon: 'system' },
            ]}
            onChoose={put}
          />
          <hr />
          <Choice
            label={text('portal.user.language')}
            value={locale}
            options={[
              { value: 'uk', label: 'Українська', icon: 'language' },
              { value: 'en', label: 'English', icon: 'language' },
            ]}
            onChoose={applyLocale}
          />
          <hr />
          <DropdownMenu.Item onSelect={() => void session.signOut()} id="sign-out">
            <Icon name="sign-out" />
            {text('portal.user.sign-out')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Search, period, kind of the base, person. */
export function TopBar({ training }: { training: boolean }): ReactNode {
  const text = useText();
  const [searching, setSearching] = useState(false);
  useKeys({ 'Ctrl+K': () => setSearching(true) });
  return (
    <header className={`topbar ${training ? 'training' : ''}`}>
      <button type="button" className="search" aria-keyshortcuts="Control+K" onClick={() => setSearching(true)}>
        <Icon name="search" />
        <span>{text('portal.search.hint')}</span>
        <kbd>Ctrl</kbd>
        <kbd>K</kbd>
      </button>
      <div className="topbar-r">
        <PeriodSwitcher />
        <span className={`env ${training ? 'train' : ''}`}>
          <Icon name={training ? 'learn' : 'database'} size={13} />
          {text(training ? 'portal.env.training' : 'portal.env.work')}
        </span>
        <UserMenu />
      </div>
      <SearchPalette open={searching} onClose={() => setSearching(false)} />
    </header>
  );
}
