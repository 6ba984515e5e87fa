'use client';
import { useRead } from '@komplat/api-client';
import {
  balanceWord,
  Card,
  Figure,
  formatPeriod,
  Frame,
  shiftPeriod,
  Stats,
  useLocale,
  useMe,
  useSearchState,
  useText,
  type SlotProps,
} from '@komplat/ui';
import type { KeyboardEvent, ReactNode } from 'react';
import { MonthsMatrix } from '../parts/account-matrix.tsx';
import { OpenItemsTable, PaymentsTable } from '../parts/account-payments.tsx';
import { ServicesTable } from '../parts/account-services.tsx';
import type { AccountCard } from '../parts/card-types.ts';
import { isAwaited } from '../parts/card-figures.ts';
import { ServiceName } from '../parts/names.tsx';
import { sumMoney } from '../parts/sum.ts';

const TABS = ['overview', 'payments', 'debt'] as const;
type Tab = (typeof TABS)[number];

function Tabs({
  value,
  counts,
  onChange,
}: {
  value: Tab;
  counts: Record<Tab, number>;
  onChange: (tab: Tab) => void;
}): ReactNode {
  const text = useText();
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = TABS[TABS.indexOf(value) + step];
    if (step === 0 || !next) return;
    onChange(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div
      className="tabs"
      role="tablist"
      aria-label={text('billing.ui.card.tabs')}
      style={{ marginBottom: 0 }}
      onKeyDown={onKeyDown}
    >
      {TABS.map((tab) => (
        <button
          key={tab}
          id={`tab-${tab}`}
          type="button"
          role="tab"
          aria-selected={tab === value}
          aria-controls="account-money"
          tabIndex={tab === value ? 0 : -1}
          onClick={() => onChange(tab)}
        >
          {text(`billing.ui.card.tab-${tab}`)} {counts[tab] > 0 && <small>{counts[tab]}</small>}
        </button>
      ))}
    </div>
  );
}

function Headline({ card, period }: { card: AccountCard; period: string }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { balance } = card.total;
  const month = card.services.map((service) => service.months.find((item) => item.month === period));
  const awaited = month.every((item) => item === undefined || isAwaited(item));
  const last = card.payments.find((payment) => !payment.reversed);
  const debtor = [...card.services].sort((left, right) => right.debtMonths - left.debtMonths)[0];
  return (
    <Stats
      items={[
        {
          key: 'balance',
          label: text(`billing.ui.card.balance-${balanceWord(balance)}`),
          value: <Figure value={balance} />,
          note: text('billing.ui.card.all-providers'),
        },
        {
          key: 'charged',
          label: text('billing.ui.card.charged-in', { period: formatPeriod(period, locale) }),
          value: (
            <Figure value={awaited ? { missing: 'not-received' } : sumMoney(month.map((item) => item?.charged))} />
          ),
          note: text('billing.ui.card.services-count', { count: card.services.length }),
        },
        {
          key: 'paid',
          label: text('billing.ui.card.last-payment'),
          value: last ? <Figure value={last.amount} traceRef={`payment:${last.id}`} /> : <span className="mut">–</span>,
          note: last ? last.paidOn.split('-').reverse().join('.') : text('billing.ui.payments.empty'),
        },
        {
          key: 'open',
          label: text('billing.ui.card.open-months'),
          value: <span className="num">{new Set(card.openItems.map((item) => item.month)).size}</span>,
          note:
            debtor && debtor.debtMonths > 0 ? (
              <ServiceName code={debtor.serviceCode} name={debtor.serviceName} />
            ) : (
              text('billing.ui.card.no-debt')
            ),
        },
      ]}
    />
  );
}

function Money({ card, period }: { card: AccountCard; period: string }): ReactNode {
  const text = useText();
  const [search, set] = useSearchState();
  const tab = TABS.find((name) => name === search.get('tab')) ?? 'overview';
  const counts = { overview: 0, payments: card.payments.length, debt: card.openItems.length };
  return (
    <div className="stack" style={{ gap: 12 }}>
      <div className="-mb-3.5">
        <Headline card={card} period={period} />
      </div>
      <Tabs value={tab} counts={counts} onChange={(next) => set({ tab: next === 'overview' ? undefined : next })} />
      <div
        id="account-money"
        role="tabpanel"
        aria-label={text(`billing.ui.card.tab-${tab}`)}
        className="stack"
        style={{ gap: 12 }}
      >
        {tab === 'overview' && (
          <>
            <ServicesTable card={card} period={period} />
            <MonthsMatrix card={card} period={period} />
          </>
        )}
        {tab === 'payments' && <PaymentsTable card={card} />}
        {tab === 'debt' && <OpenItemsTable card={card} />}
      </div>
    </div>
  );
}

/** Money of one account on the subscriber card. */
export function Slot({ subject }: SlotProps): ReactNode {
  const { period: current } = useMe();
  const [search] = useSearchState();
  const until = search.get('until');
  const read = useRead<AccountCard>(`billing/accounts/${subject}/card`, {
    months: 12,
    before: until ? shiftPeriod(until, 1) : undefined,
  });
  const wished = search.get('period') ?? current;
  return (
    <Frame read={read} rows={10} permission="billing.card.read">
      {(card) => {
        const months = [...card.months].sort();
        const period = months.includes(wished) ? wished : (months.at(-1) ?? wished);
        return card.services.length > 0 || card.payments.length > 0 ? (
          <Money card={card} period={period} />
        ) : (
          <NoMoney />
        );
      }}
    </Frame>
  );
}

function NoMoney(): ReactNode {
  const text = useText();
  return (
    <Card padded>
      <p className="t2">{text('billing.ui.card.empty')}</p>
    </Card>
  );
}
