'use client';
import { Icon, initialsOf, shortName, useKeys, useLocale, useMe, useText } from '@komplat/ui';
import { DropdownMenu } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { Help } from './help.tsx';
import { Notifications } from './notifications.tsx';
import { PeriodSwitcher } from './period-switcher.tsx';
import { applyLetters, applyLocale, applyTheme, currentTheme, lettersOn, type Theme } from './preferences.tsx';
import { SearchPalette } from './search-palette.tsx';
import { useSession } from './session-gate.tsx';

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

/** Single letters as keys can be switched off (WCAG 2.1.4). */
function Letters(): ReactNode {
  const text = useText();
  const [on, setOn] = useState(lettersOn);
  const put = (next: boolean): void => {
    setOn(next);
    applyLetters(next);
  };
  return (
    <DropdownMenu.CheckboxItem checked={on} onCheckedChange={put} onSelect={(event) => event.preventDefault()}>
      <Icon name="keys" />
      <span className="grow">{text('portal.user.letters')}</span>
      <DropdownMenu.ItemIndicator>
        <Icon name="check" size={14} />
      </DropdownMenu.ItemIndicator>
    </DropdownMenu.CheckboxItem>
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
          <Letters />
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
        <Help />
        <Notifications />
        <UserMenu />
      </div>
      <SearchPalette open={searching} onClose={() => setSearching(false)} />
    </header>
  );
}
