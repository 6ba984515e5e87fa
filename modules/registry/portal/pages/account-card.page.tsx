'use client';
import { PagePartsProvider, useRead } from '@komplat/api-client';
import {
  Card,
  Empty,
  formatAccount,
  formatDay,
  formatDecimal,
  Frame,
  IconButton,
  Slot,
  StatusPill,
  toast,
  useCan,
  useLocale,
  usePastDays,
  useRouter,
  useText,
  type IconName,
  type PillKind,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { AccountView } from '../../contract/index.ts';
import { PersonsTable } from '../parts/card-persons.tsx';
import { CardLinks } from '../parts/card-links.tsx';
import { CardSide } from '../parts/card-side.tsx';
import { CardTabs, slotOf, useCardTabs } from '../parts/card-tabs.tsx';
import { ContactsButton } from '../parts/contacts.tsx';
import { TimeSlider } from '../parts/time-slider.tsx';

const FLAGS: Readonly<Record<AccountView['flags'][number], { kind: PillKind; icon: IconName }>> = {
  closed: { kind: 'idle', icon: 'lock' },
  'nobody-registered': { kind: 'warn', icon: 'warning' },
  'minor-only': { kind: 'warn', icon: 'warning' },
  'renamed-street': { kind: 'idle', icon: 'history' },
  'late-facts': { kind: 'appr', icon: 'history' },
};

function CopyNumber({ number }: { number: string }): ReactNode {
  const text = useText();
  const copy = (): void => {
    void navigator.clipboard.writeText(number);
    toast.done(text('ui.copied'), number);
  };
  return <IconButton icon="copy" small label={text('registry.ui.card.copy')} onClick={copy} />;
}

function Head({ account, current }: { account: AccountView; current: boolean }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const can = useCan();
  const old = account.addressOld.map((item) =>
    text('registry.ui.card.old', { address: item.address, day: formatDay(item.until) }),
  );
  return (
    <>
      <div className="ph" style={{ marginBottom: 2 }}>
        <div className="ph-l">
          <h1 className="tnum">{formatAccount(account.number)}</h1>
          <CopyNumber number={account.number} />
          {account.flags.map((flag) => (
            <StatusPill key={flag} kind={FLAGS[flag].kind} icon={FLAGS[flag].icon}>
              {text(`registry.ui.flag.${flag}`)}
            </StatusPill>
          ))}
        </div>
        <div className="ph-r">
          <Slot name="account-card-actions" subject={account.number} />
          {current && can('registry.account.edit') && <ContactsButton account={account} />}
          {current && <CardLinks number={account.number} />}
        </div>
      </div>
      <p className="t2 acc-sub">
        <b>{account.holder.fullName}</b>. {account.address}{' '}
        {old.length > 0 && <span className="mut">({old.join('; ')})</span>}.{' '}
        {formatDecimal(account.premises.totalArea, locale)}&nbsp;м²,{' '}
        {text('registry.ui.card.registered', { count: account.residentCount })}
        {[account.holder.phone, account.holder.phone2].map((phone) => (phone ? `, ${phone}` : ''))}
      </p>
    </>
  );
}

function Sheet({ account }: { account: AccountView }): ReactNode {
  const { isNow } = usePastDays();
  const tabs = useCardTabs(['persons']);
  return (
    <>
      <Head account={account} current={isNow} />
      <TimeSlider marks={account.addressOld.map((item) => item.until)} />
      <CardTabs {...tabs} />
      <div className="grid side" style={{ gridTemplateColumns: 'minmax(0,1fr) 268px', gap: 12 }}>
        <div
          id="account-tab"
          role="tabpanel"
          aria-labelledby={`tab-${tabs.tab}`}
          className="stack"
          style={{ gap: 12, minWidth: 0 }}
        >
          {tabs.tab === 'persons' && <PersonsTable account={account} />}
          <Slot key={tabs.tab} name={slotOf(tabs.tab)} subject={account.number} />
        </div>
        <div className="stack slots" style={{ gap: 12 }}>
          <CardSide account={account} />
          <Slot name="account-card-side" subject={account.number} />
        </div>
      </div>
    </>
  );
}

function AccountCard({ number }: { number: string }): ReactNode {
  const text = useText();
  const { asOf, knownAt } = usePastDays();
  const read = useRead<AccountView>(`registry/accounts/${encodeURIComponent(number)}`, { asOf, knownAt });
  const missing = (
    <Card>
      <Empty icon="search" title={text('registry.ui.card.missing')} text={text('registry.ui.card.missing-text')} />
    </Card>
  );
  return (
    <Frame read={read} rows={12} permission="registry.account.read" missing={missing}>
      {(account) => <Sheet account={account} />}
    </Frame>
  );
}

/**
 * The subscriber card: head and dwelling from the registry, money and the rest from the modules that know it. All of them come by one
 * call, the open tab with them; what changes afterwards each part reads itself.
 */
export function Page(): ReactNode {
  const { params, search } = useRouter();
  const { asOf, knownAt } = usePastDays();
  const number = params['number'] ?? '';
  return (
    <PagePartsProvider page="account-card" subject={number} view={search.get('tab') ?? 'overview'} query={{ asOf, knownAt }}>
      <AccountCard number={number} />
    </PagePartsProvider>
  );
}
