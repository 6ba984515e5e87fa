'use client';
import { useAct, useQueryClient } from '@komplat/api-client';
import {
  ActMenu,
  AppLink,
  Button,
  Card,
  DataTable,
  Dialog,
  DialogForm,
  Empty,
  formatAccount,
  formatDay,
  MoneyCell,
  ReasonLine,
  SearchFilter,
  Segments,
  StatusPill,
  TextField,
  toast,
  useCan,
  useKeys,
  useMessage,
  useRouter,
  useSearchState,
  useTable,
  useText,
  type Column,
} from '@komplat/ui';
import { isAccountNumber } from '@komplat/kernel';
import { useEffect, useState, type ReactNode } from 'react';
import { ROW_OUTCOMES, type ImportRow, type ImportView } from '../../contract/index.ts';
import { rowLook } from './import-words.ts';

type Decision = 'post' | 'skip' | 'suspense';
const MIN_DECISION_REASON = 3;

/** What a person may decide about a row that is not posted yet. */
const decisionsOf = (row: ImportRow): readonly Decision[] => {
  if (row.posted || row.outcome === 'rejected') return [];
  if (row.outcome === 'duplicate') return ['post', 'skip'];
  if (row.outcome === 'suspense') return ['post', 'suspense', 'skip'];
  return [];
};

function DecisionForm(props: { id: string; row: ImportRow; decision: Decision; onClose: () => void }): ReactNode {
  const { id, row, decision, onClose } = props;
  const text = useText();
  const act = useAct<unknown>(['payments/imports']);
  const [account, setAccount] = useState(row.account ?? row.accountText ?? '');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const wantsAccount = decision === 'post' && row.outcome === 'suspense';
  const wrongAccount = wantsAccount && !isAccountNumber(account);
  const short = reason.trim().length < MIN_DECISION_REASON;
  const submit = (): void => {
    setTried(true);
    if (short || wrongAccount) return;
    const json = {
      decision,
      reason: reason.trim(),
      ...(wantsAccount ? { account: account.replaceAll(/\s/g, '') } : {}),
    };
    act.mutate(
      { path: `payments/imports/${id}/rows/${row.line}/decide`, options: { json } },
      {
        onSuccess: () => {
          toast.done(text('payments.ui.row.decided', { line: row.line }));
          onClose();
        },
      },
    );
  };
  return (
    <DialogForm
      action={text(`payments.ui.row.${decision}`)}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="mono break-all">{row.raw}</p>
      {wantsAccount && (
        <TextField
          label={text('payments.ui.row.account')}
          value={account}
          error={tried && wrongAccount ? text('payments.ui.row.wrong-account') : undefined}
          onChange={(event) => setAccount(event.target.value)}
        />
      )}
      <ReasonLine value={reason} tried={tried} min={MIN_DECISION_REASON} onChange={setReason} />
    </DialogForm>
  );
}

function useIdentityColumns(): readonly Column<ImportRow>[] {
  const text = useText();
  return [
    {
      key: 'line',
      title: text('payments.ui.row.line'),
      width: 64,
      fixed: true,
      sortable: true,
      cell: (row) => <span className="tnum">{row.line}</span>,
    },
    {
      key: 'account',
      title: text('payments.ui.row.account'),
      fixed: true,
      sortable: true,
      cell: (row) =>
        row.account ? (
          <AppLink
            className="tnum"
            href={`/registry/accounts/${row.account}`}
            onClick={(event) => event.stopPropagation()}
          >
            {formatAccount(row.account)}
          </AppLink>
        ) : (
          <span className="tnum">
            {row.accountText || <span className="mut">{text('payments.ui.row.no-account')}</span>}
          </span>
        ),
    },
    {
      key: 'payer',
      title: text('payments.ui.row.payer'),
      sortable: true,
      wrap: true,
      className: 'w-name',
      cell: (row) => (
        <>
          {row.holder ?? row.payerName ?? ''}
          {row.nameDiffers && <small>{text('payments.ui.row.name-differs', { name: row.payerName ?? '' })}</small>}
        </>
      ),
    },
    {
      key: 'day',
      title: text('payments.ui.row.paid-on'),
      sortable: true,
      cell: (row) => (row.paidOn ? formatDay(row.paidOn) : ''),
    },
    {
      key: 'amount',
      title: text('payments.ui.row.amount'),
      sortable: true,
      sum: 'amount',
      align: 'right',
      cell: (row) => (
        <MoneyCell
          value={row.amount ?? { missing: 'none' }}
          traceRef={row.paymentId ? `payment:${row.paymentId}` : undefined}
        />
      ),
    },
  ];
}

/** The likely decision is a button, the others are in the menu beside it. */
function RowActs({
  row,
  onDecide,
}: {
  row: ImportRow;
  onDecide: (row: ImportRow, decision: Decision) => void;
}): ReactNode {
  const text = useText();
  const [first, ...others] = decisionsOf(row);
  if (!first) return null;
  return (
    <span className="row justify-end">
      <Button size="small" onClick={() => onDecide(row, first)}>
        {text(`payments.ui.row.${first}`)}
      </Button>
      <ActMenu
        label={text('payments.ui.row.other', { line: row.line })}
        acts={others.map((decision) => ({
          key: decision,
          label: text(`payments.ui.row.${decision}`),
          onAct: () => onDecide(row, decision),
        }))}
      />
    </span>
  );
}

function useColumns(
  may: boolean,
  onDecide: (row: ImportRow, decision: Decision) => void,
): readonly Column<ImportRow>[] {
  const text = useText();
  const message = useMessage();
  return [
    ...useIdentityColumns(),
    {
      key: 'outcome',
      title: text('payments.ui.row.outcome'),
      sortable: true,
      wrap: true,
      className: 'w-text',
      cell: (row) => {
        const look = rowLook(row);
        return (
          <>
            <StatusPill kind={look.kind} icon={look.icon}>
              {text(`payments.ui.outcome.${row.decision ? `decided-${row.decision}` : row.outcome}`)}
            </StatusPill>
            {row.message && <small>{message(row.message)}</small>}
          </>
        );
      },
    },
    {
      key: 'acts',
      bare: true,
      title: <span className="vh">{text('payments.ui.row.acts')}</span>,
      align: 'right',
      cell: (row) => may && <RowActs row={row} onDecide={onDecide} />,
    },
  ];
}

function Filters({ view, may }: { view: ImportView; may: boolean }): ReactNode {
  const text = useText();
  const [search, set] = useSearchState();
  const total = ROW_OUTCOMES.reduce((sum, name) => sum + view.outcomes[name].count, 0);
  return (
    <>
      <Segments
        label={text('payments.ui.row.outcome')}
        value={search.get('outcome') ?? ''}
        options={[
          { value: '', label: `${text('payments.ui.outcome.all')} ${total}` },
          ...ROW_OUTCOMES.filter((name) => view.outcomes[name].count > 0).map((name) => ({
            value: String(name),
            label: `${text(`payments.ui.outcome.${name}`)} ${view.outcomes[name].count}`,
          })),
        ]}
        onChange={(value) => set({ outcome: value })}
      />
      <SearchFilter label={text('payments.ui.row.filter')} width={170} />
      {may && (
        <span className="sm mut">
          <kbd>A</kbd> {text('payments.ui.row.post')} &nbsp; <kbd>Z</kbd> {text('payments.ui.row.suspense')}
        </span>
      )}
    </>
  );
}

/** Rows of the file by outcome; a row that needs a person has its buttons in it. */
export function ImportRows({ view }: { view: ImportView }): ReactNode {
  const text = useText();
  const can = useCan();
  const { search } = useRouter();
  const [asked, setAsked] = useState<{ row: ImportRow; decision: Decision }>();
  const outcome = search.get('outcome') ?? '';
  const path = `payments/imports/${view.id}/rows`;
  const pages = useTable<ImportRow>(path, { outcome, q: search.get('q') });
  const store = useQueryClient();
  useEffect(() => void store.invalidateQueries({ queryKey: [path] }), [store, path, view.version, view.state]);
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const may = can('payments.import.post') && view.state === 'staged';
  const first = (decision: Decision): void => {
    const row = rows.find((item) => item.decision === null && decisionsOf(item).includes(decision));
    if (may && row) setAsked({ row, decision });
  };
  useKeys({ A: () => first('post'), Z: () => first('suspense') });
  const columns = useColumns(may, (row, decision) => setAsked({ row, decision }));
  return (
    <Card>
      <DataTable
        caption={text('payments.ui.import.rows')}
        columns={columns}
        pages={pages}
        rowKey={(row) => String(row.line)}
        order="line"
        exportable
        marked={() => null}
        filters={<Filters view={view} may={may} />}
        permission="payments.import.read"
        empty={<Empty title={text('payments.ui.import.no-rows')} text={text('payments.ui.import.no-rows-text')} />}
      />
      {asked && (
        <Dialog
          open
          title={text(`payments.ui.row.${asked.decision}-title`, { line: asked.row.line })}
          onClose={() => setAsked(undefined)}
        >
          <DecisionForm id={view.id} row={asked.row} decision={asked.decision} onClose={() => setAsked(undefined)} />
        </Dialog>
      )}
    </Card>
  );
}
