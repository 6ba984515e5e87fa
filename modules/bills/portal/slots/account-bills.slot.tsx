'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  Button,
  Card,
  formatDay,
  formatPeriod,
  MoneyCell,
  shiftPeriod,
  StatusPill,
  toast,
  useCan,
  useErrorText,
  useLocale,
  usePeriod,
  useSave,
  useStandstill,
  useText,
  type SlotProps,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { BillDetail, BillList, BillView } from '../../contract/index.ts';

function BillRow({ bill }: { bill: BillView }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const [busy, save] = useSave();
  const print = (): void =>
    void save(`bills/accounts/${bill.account}/${bill.month}.pdf`, { part: bill.part, version: bill.version }, `bill-${bill.number}.pdf`);
  return (
    <tr>
      <td>
        {formatPeriod(bill.month, locale)}
        <small>{bill.number}</small>
      </td>
      <td>
        <StatusPill kind={bill.current ? 'ok' : 'idle'}>
          {text(bill.current ? (bill.part === 0 ? 'bills.ui.bill.current' : 'bills.ui.bill.supplementary') : 'bills.ui.bill.replaced', { version: bill.version })}
        </StatusPill>
      </td>
      <td>{formatDay(bill.issuedOn)}</td>
      <td className="r">
        <MoneyCell value={bill.monthTotal} />
      </td>
      <td className="r">
        <MoneyCell value={bill.total} />
      </td>
      <td>
        <Button icon="print" size="small" busy={busy} onClick={print}>
          {text('bills.ui.bill.print')}
        </Button>
      </td>
    </tr>
  );
}

/** Issued bills of the account; the bill of the month before the open one is issued here. */
export function Slot({ subject }: SlotProps): ReactNode {
  const text = useText();
  const locale = useLocale();
  const can = useCan();
  const still = useStandstill();
  const sentence = useErrorText();
  const { period } = usePeriod();
  const month = shiftPeriod(period, -1);
  const list = useRead<BillList>(`bills/accounts/${subject}`);
  const act = useAct<BillDetail>([`bills/accounts/${subject}`]);
  const issue = (): void =>
    act.mutate(
      { path: `bills/accounts/${subject}/months/${month}`, options: { json: {} } },
      {
        onSuccess: ({ number }) => toast.done(text('bills.ui.bill.issued'), number),
        onError: (error) => toast.failed(text('bills.ui.bill.not-issued'), sentence(error)),
      },
    );
  const bills = list.data?.items ?? [];
  const isIssued = bills.some((bill) => bill.month === month && bill.part === 0);
  const action =
    !isIssued && list.data && can('bills.issue') ? (
      <Button icon="receipt" size="small" busy={act.isPending} why={still} onClick={issue}>
        {text('bills.ui.bill.issue', { period: formatPeriod(month, locale) })}
      </Button>
    ) : undefined;
  return (
    <Card title={text('bills.ui.bill.title')} right={action}>
      {bills.length === 0 ? (
        <p className="hint p-3">{text('bills.ui.bill.none')}</p>
      ) : (
        <table className="tbl dense">
          <caption className="vh">{text('bills.ui.bill.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{text('bills.ui.runs.month')}</th>
              <th scope="col">{text('bills.ui.bill.state')}</th>
              <th scope="col">{text('bills.ui.bill.day')}</th>
              <th scope="col" className="r">{text('bills.ui.bill.month')}</th>
              <th scope="col" className="r">{text('bills.ui.bill.total')}</th>
              <th scope="col">{text('bills.ui.run.file')}</th>
            </tr>
          </thead>
          <tbody>
            {bills.map((bill) => (
              <BillRow key={bill.number} bill={bill} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
