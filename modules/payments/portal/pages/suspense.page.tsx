'use client';
import { useAct } from '@komplat/api-client';
import {
  AppLink,
  Button,
  Card,
  DataTable,
  Dialog,
  DialogForm,
  Empty,
  FilterChip,
  formatDay,
  formatMoney,
  MoneyCell,
  PageHeader,
  ReasonLine,
  SearchFilter,
  StatusPill,
  TextField,
  toast,
  useCan,
  useLocale,
  useMessage,
  useRouter,
  useStandstill,
  useTable,
  useText,
  type Column,
} from '@komplat/ui';
import { isAccountNumber } from '@komplat/kernel';
import { useState, type ReactNode } from 'react';
import type { SuspenseItem } from '../../contract/index.ts';
import { wordOf } from '../parts/import-words.ts';

const MIN_REASON = 3;

function AssignForm({ item, onClose }: { item: SuspenseItem; onClose: () => void }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const act = useAct<unknown>(['payments/', 'administration/home']);
  const [account, setAccount] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const wrong = !isAccountNumber(account);
  const short = reason.trim().length < MIN_REASON;
  const submit = (): void => {
    setTried(true);
    if (wrong || short) return;
    act.mutate(
      {
        path: `payments/suspense/${item.id}/assign`,
        options: { json: { account: account.replaceAll(/\s/g, ''), reason: reason.trim() } },
      },
      {
        onSuccess: () => {
          toast.done(text('payments.ui.suspense.assigned'), `${formatMoney(item.amount, locale)} ${text('ui.uah')}`);
          onClose();
        },
      },
    );
  };
  return (
    <DialogForm
      action={text('payments.ui.suspense.assign', { sum: formatMoney(item.amount, locale) })}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        <b className="num">
          {formatMoney(item.amount, locale)} {text('ui.uah')}
        </b>
        , {item.payer ?? text('payments.ui.suspense.no-payer')}, {formatDay(item.paidOn)}
      </p>
      <TextField
        label={text('payments.ui.row.account')}
        value={account}
        placeholder="0421 0573 16"
        error={tried && wrong ? text('payments.ui.row.wrong-account') : undefined}
        onChange={(event) => setAccount(event.target.value)}
      />
      <ReasonLine value={reason} tried={tried} min={MIN_REASON} onChange={setReason} />
    </DialogForm>
  );
}

function useSumColumns(): readonly Column<SuspenseItem>[] {
  const text = useText();
  return [
    { key: 'paid', title: text('payments.ui.row.paid-on'), sortable: true, cell: (row) => formatDay(row.paidOn) },
    {
      key: 'amount',
      title: text('payments.ui.row.amount'),
      sortable: true,
      sum: 'amount',
      align: 'right',
      cell: (row) => <MoneyCell value={row.amount} strong />,
    },
  ];
}

function useColumns(onAssign: (item: SuspenseItem) => void): readonly Column<SuspenseItem>[] {
  const text = useText();
  const message = useMessage();
  const can = useCan();
  const still = useStandstill();
  return [
    {
      key: 'deadline',
      title: text('payments.ui.suspense.deadline'),
      fixed: true,
      sortable: true,
      filter: 'overdue',
      cell: (row) =>
        row.overdue ? (
          <StatusPill kind="bad" icon="clock">
            {formatDay(row.deadline)}
          </StatusPill>
        ) : (
          formatDay(row.deadline)
        ),
    },
    {
      key: 'payer',
      title: text('payments.ui.suspense.payer'),
      sortable: true,
      wrap: true,
      cell: (row) => (
        <>
          {row.payer ?? <span className="mut">{text('payments.ui.suspense.no-payer')}</span>}
          {row.accountText && <small>{text('payments.ui.suspense.written', { account: row.accountText })}</small>}
        </>
      ),
    },
    {
      key: 'why',
      title: text('payments.ui.suspense.why'),
      sortable: true,
      filter: 'kind',
      cell: (row) => message(row.reason),
      wrap: true,
    },
    {
      key: 'source',
      title: text('payments.ui.suspense.source'),
      cell: (row) =>
        row.importId ? (
          <AppLink href={`/payments/imports/${row.importId}?outcome=suspense`}>
            {text('payments.ui.suspense.row', { line: row.line ?? '' })}
          </AppLink>
        ) : (
          wordOf(text, 'billing.ui.channel', row.channel)
        ),
    },
    ...useSumColumns(),
    {
      key: 'acts',
      bare: true,
      title: <span className="vh">{text('payments.ui.row.acts')}</span>,
      align: 'right',
      cell: (row) =>
        can('payments.suspense.resolve') && (
          <Button size="small" why={still} onClick={() => onAssign(row)}>
            {text('payments.ui.suspense.find')}
          </Button>
        ),
    },
  ];
}

function Filters(): ReactNode {
  const text = useText();
  return (
    <>
      <FilterChip
        name="kind"
        label={text('payments.ui.suspense.kind')}
        all={text('payments.ui.suspense.any')}
        options={['money', 'duplicate'].map((value) => ({ value, label: text(`payments.ui.suspense.kind-${value}`) }))}
      />
      <FilterChip
        name="overdue"
        label={text('payments.ui.suspense.term')}
        all={text('payments.ui.suspense.any')}
        options={[{ value: 'yes', label: text('payments.ui.suspense.overdue') }]}
      />
      <SearchFilter label={text('payments.ui.suspense.filter')} width={200} />
    </>
  );
}

/** Money whose account is not known yet; each sum has an owner and a term. The nearest term stands on top. */
export function Page(): ReactNode {
  const text = useText();
  const { search } = useRouter();
  const filters = { kind: search.get('kind'), overdue: search.get('overdue'), q: search.get('q') };
  const pages = useTable<SuspenseItem>('payments/suspense', filters);
  const [asked, setAsked] = useState<SuspenseItem>();
  const columns = useColumns(setAsked);
  return (
    <>
      <PageHeader title={text('payments.ui.suspense.title')} text={text('payments.ui.suspense.text')} />
      <Card>
        <DataTable
          caption={text('payments.ui.suspense.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => row.id}
          order="deadline"
          exportable
          marked={() => null}
          filters={<Filters />}
          permission="payments.suspense.read"
          empty={
            <Empty
              icon="done"
              title={text('payments.ui.suspense.empty')}
              text={text('payments.ui.suspense.empty-text')}
            />
          }
        />
      </Card>
      {asked && (
        <Dialog open title={text('payments.ui.suspense.ask')} onClose={() => setAsked(undefined)}>
          <AssignForm item={asked} onClose={() => setAsked(undefined)} />
        </Dialog>
      )}
    </>
  );
}
