'use client';
import { useRead } from '@komplat/api-client';
import {
  AppLink, Card, formatAccount, formatDay, formatMoney, formatPeriod, Frame, PageHeader, Stats, StatusPill, useLocale, useRouter, useText,
  type IconName, type PillKind,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { Claimable } from '../../contract/index.ts';
import { Acknowledgements } from '../parts/acknowledgements.tsx';
import { RuleMarks } from '../parts/rule-marks.tsx';
import { moneyCell, ShortTable } from '../parts/short-table.tsx';

type Creditor = Claimable['creditors'][number];
type Month = Creditor['months'][number];
const KINDS: Readonly<Record<Month['advice'], PillKind>> = { now: 'ok', keep: 'info', held: 'warn', expired: 'idle' };
const ICONS = { now: 'scale', keep: 'clock', held: 'paused', expired: 'history' } as const satisfies Record<Month['advice'], IconName>;
const ADVICES = ['now', 'keep', 'held', 'expired'] as const;

/** Days left; what ends soon stands out by its word, not by colour alone. */
function DaysLeft({ row }: { row: Month }): ReactNode {
  const text = useText();
  if (row.daysLeft < 0) return <span className="mut">{text('debt.ui.claimable.passed')}</span>;
  return row.ending ? <StatusPill kind="bad">{text('debt.ui.claimable.days', { days: row.daysLeft })}</StatusPill> : <span className="tnum">{row.daysLeft}</span>;
}

function Ends({ row }: { row: Month }): ReactNode {
  const text = useText();
  return (
    <>
      {formatDay(row.endsOn)}
      {row.interruptedOn && <span className="t2"> {text('debt.ui.claimable.interrupted', { day: formatDay(row.interruptedOn) })}</span>}
    </>
  );
}

function Advice({ row, holds }: { row: Month; holds: Creditor['holds'] }): ReactNode {
  const text = useText();
  const why = row.reason === 'hold' ? holds.map((kind) => text(`debt.ui.hold.${kind}`)).join(', ') : text(`debt.ui.claimable.why-${row.reason}`);
  return (
    <>
      <StatusPill kind={KINDS[row.advice]} icon={ICONS[row.advice]}>
        {text(`debt.ui.claimable.${row.advice}`)}
      </StatusPill>{' '}
      <span className="t2">{why}</span>
    </>
  );
}

function CreditorCard({ creditor }: { creditor: Creditor }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const word = (name: string): string => text(`debt.ui.claimable.${name}`);
  const sums = ADVICES.filter((advice) => creditor[advice] !== '0.00').map(
    (advice) => `${text(`debt.ui.claimable.${advice}`)}: ${formatMoney(creditor[advice], locale)}`,
  );
  return (
    <Card title={creditor.providerName} sub={sums.join('; ')}>
      <ShortTable
        caption={creditor.providerName}
        rows={creditor.months.map((row) => ({
          key: `${row.month}${row.service}`,
          cells: [
            { key: 'month', title: word('month'), value: formatPeriod(row.month, locale) },
            { key: 'service', title: word('service'), value: row.serviceName },
            moneyCell('debt', word('debt'), row.debt),
            { key: 'due', title: word('due'), value: formatDay(row.dueOn) },
            { key: 'ends', title: word('ends'), value: <Ends row={row} /> },
            { key: 'left', title: word('left'), right: true, value: <DaysLeft row={row} /> },
            { key: 'advice', title: word('advice'), value: <Advice row={row} holds={creditor.holds} /> },
          ],
        }))}
      />
    </Card>
  );
}

function Rules({ data }: { data: Claimable }): ReactNode {
  const text = useText();
  const locale = useLocale();
  return (
    <Card title={text('debt.ui.calculators.parameters')} padded>
      {data.court && (
        <p>{text('debt.ui.claimable.court', { sum: formatMoney(data.court.minDebt, locale), months: data.court.minMonths, days: data.soonDays })}</p>
      )}
      {data.penaltyFrom && <p>{text('debt.ui.claimable.penalty', { day: formatDay(data.penaltyFrom) })}</p>}
      <RuleMarks parameters={data.parameters} />
    </Card>
  );
}

/** What of the account's debt to claim now and what to keep, by creditor and month, with the days that are left. */
export function Page(): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { params } = useRouter();
  const number = params['number'] ?? '';
  const read = useRead<Claimable>(`debt/accounts/${number}/claimable`);
  return (
    <>
      <PageHeader
        title={text('debt.ui.claimable.title')}
        text={<AppLink href={`/registry/accounts/${number}`}>{formatAccount(number)}</AppLink>}
      />
      <Frame read={read} rows={10} permission="debt.read">
        {(data) => (
          <div className="stack" style={{ gap: 14 }}>
            <Stats items={ADVICES.map((advice) => ({ key: advice, label: text(`debt.ui.claimable.${advice}`), value: formatMoney(data[advice], locale) }))} />
            {data.creditors.length === 0 && (
              <Card padded>
                <p className="t2">{text('debt.ui.card.none')}</p>
              </Card>
            )}
            {data.creditors.map((creditor) => (
              <CreditorCard key={creditor.provider} creditor={creditor} />
            ))}
            <Acknowledgements account={number} data={data} />
            <Rules data={data} />
          </div>
        )}
      </Frame>
    </>
  );
}
