'use client';
import {
  balanceWord,
  Card,
  Figure,
  formatDay,
  formatPeriod,
  Frame,
  shiftPeriod,
  Stats,
  useLocale,
  useMe,
  usePastDays,
  useSearchState,
  useText,
  type SlotProps,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import { DifferenceCard } from '../parts/account-difference.tsx';
import { MonthsMatrix } from '../parts/account-matrix.tsx';
import { ServicesTable } from '../parts/account-services.tsx';
import type { AccountCard } from '../parts/card-types.ts';
import { isAwaited } from '../parts/card-figures.ts';
import { ServiceName } from '../parts/names.tsx';
import { useCard } from '../parts/read-card.ts';
import { sumMoney } from '../parts/sum.ts';

function Headline({ card, period }: { card: AccountCard; period: string }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { balance } = card.total;
  const day = card.asOf ?? card.knownAt;
  const month = card.services.map((service) => service.months.find((item) => item.month === period));
  const awaited = month.every((item) => item === undefined || isAwaited(item));
  const last = card.payments.find((payment) => !payment.reversed);
  const debtor = [...card.services].sort((left, right) => right.debtMonths - left.debtMonths)[0];
  return (
    <Stats
      items={[
        {
          key: 'balance',
          label: day
            ? text('billing.ui.card.balance-then', { day: formatDay(day) })
            : text(`billing.ui.card.balance-${balanceWord(balance)}`),
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

function Money({ card, period, isChosen }: { card: AccountCard; period: string; isChosen: boolean }): ReactNode {
  const { isNow } = usePastDays();
  const month = card.services.flatMap((service) => service.months.filter((item) => item.month === period));
  const isCharged = month.some((item) => !isAwaited(item));
  return (
    <div className="stack" style={{ gap: 12 }}>
      <div className="-mb-3.5">
        <Headline card={card} period={period} />
      </div>
      <ServicesTable card={card} period={period} />
      <MonthsMatrix card={card} period={period} />
      {isNow && <DifferenceCard number={card.account.number} month={isChosen && isCharged ? period : undefined} />}
    </div>
  );
}

/** Money of one account on the subscriber card: today's figures, the chosen month by service, twelve months. */
export function Slot({ subject }: SlotProps): ReactNode {
  const { period: current } = useMe();
  const [search] = useSearchState();
  const until = search.get('until');
  const read = useCard(subject, until ? shiftPeriod(until, 1) : undefined);
  const wished = search.get('period') ?? current;
  return (
    <Frame read={read} rows={10} permission="billing.card.read">
      {(card) => {
        const months = [...card.months].sort();
        const period = months.includes(wished) ? wished : (months.at(-1) ?? wished);
        return card.knownFrom === null && (card.services.length > 0 || card.payments.length > 0) ? (
          <Money card={card} period={period} isChosen={until !== null || search.has('period')} />
        ) : (
          <NoMoney card={card} />
        );
      }}
    </Frame>
  );
}

function NoMoney({ card }: { card: AccountCard }): ReactNode {
  const text = useText();
  const { knownAt, knownFrom } = card;
  const early = knownAt !== null && knownFrom !== null;
  return (
    <Card padded>
      <p className="t2">
        {early
          ? text('billing.ui.card.not-known-yet', { day: formatDay(knownAt), first: formatDay(knownFrom) })
          : text('billing.ui.card.empty')}
      </p>
    </Card>
  );
}
