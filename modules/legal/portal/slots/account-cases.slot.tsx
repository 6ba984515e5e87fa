'use client';
import { useRead } from '@komplat/api-client';
import { AppLink, Card, Frame, MoneyCell, StatusPill, useText, type SlotProps } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { AccountCases } from '../../contract/index.ts';
import { CaseStatusPill, DaysLeft } from '../parts/case-look.tsx';

function Cases({ found }: { found: AccountCases }): ReactNode {
  const text = useText();
  if (found.cases.length === 0) return <p className="t2">{text('legal.ui.account.none')}</p>;
  return (
    <ul className="stack">
      {found.cases.map((item) => (
        <li key={item.id} className="row">
          <CaseStatusPill status={item.status} />
          <span className="grow">
            <AppLink href={`/legal/cases/${item.id}`}>{item.courtNumber ?? item.number}</AppLink>, {item.providerName}
            {item.task && `, ${text(`legal.case.task.${item.task}`)}`}
          </span>
          {item.daysLeft !== null && <DaysLeft days={item.daysLeft} escalated={item.escalated} />}
          <MoneyCell value={item.outstanding} />
        </li>
      ))}
    </ul>
  );
}

/** Cases of the account, and whether they hold the work with the debtor. */
export function Slot({ subject }: SlotProps): ReactNode {
  const text = useText();
  const read = useRead<AccountCases>(`legal/accounts/${subject}/cases`);
  return (
    <Card
      title={text('legal.ui.account.title')}
      right={
        read.data?.frozen && (
          <StatusPill kind="warn" icon="paused">
            {text('legal.ui.account.frozen')}
          </StatusPill>
        )
      }
      padded
    >
      <Frame read={read} rows={3} permission="legal.case.read">
        {(found) => <Cases found={found} />}
      </Frame>
    </Card>
  );
}
