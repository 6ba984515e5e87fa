'use client';
import { useRead } from '@komplat/api-client';
import {
  AppLink, Banner, Card, DataTable, Empty, FilterChip, formatAccount, formatCount, formatInstant, formatMoney, formatPeriod, Frame, KeyValues,
  MoneyCell, PageHeader, SearchFilter, StatusPill, useLocale, useMessage, usePersonName, useRouter, useTable, useText, type Column,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { CorrectionLine, CorrectionView } from '../../contract/index.ts';
import { RecalculationActs } from '../parts/recalculation-acts.tsx';
import { correctionLook, monthsWords, scopeWords, serviceWord } from '../parts/recalculation-words.ts';

interface Sum {
  readonly key: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
}
function Sums({ title, rows }: { title: string; rows: readonly Sum[] }): ReactNode {
  const text = useText();
  const head = ['before', 'after', 'difference'] as const;
  return (
    <Card title={title}>
      <table className="tbl dense">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{text('billing.ui.recalculation.what')}</th>
            {head.map((key) => (
              <th key={key} scope="col" className="r">
                {text(`billing.ui.recalculation.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.name}</th>
              {head.map((key) => (
                <td key={key} className="r">
                  <MoneyCell value={row[key]} strong={key === 'difference'} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function useColumns(): readonly Column<CorrectionLine>[] {
  const text = useText();
  const message = useMessage();
  const locale = useLocale();
  const money = (key: 'before' | 'after' | 'difference'): Column<CorrectionLine> => ({
    key, title: text(`billing.ui.recalculation.${key}`), sortable: true, sum: key, align: 'right',
    cell: (row) => <MoneyCell value={row[key]} strong={key === 'difference'} />,
  });
  return [
    {
      key: 'account', title: text('billing.ui.recalculation.account'), fixed: true, sortable: true,
      cell: (row) => <AppLink href={`/accounts/${row.account}`}>{formatAccount(row.account)}</AppLink>,
    },
    { key: 'month', title: text('billing.ui.recalculation.month'), sortable: true, cell: (row) => formatPeriod(row.month, locale) },
    {
      key: 'service', title: text('billing.ui.recalculation.service'), sortable: true,
      cell: (row) => (
        <>
          {serviceWord(row.service, text)}
          <small>{row.provider}</small>
        </>
      ),
    },
    money('before'), money('after'), money('difference'),
    {
      key: 'sentence', title: text('billing.ui.recalculation.sentence'), wrap: true,
      cell: (row) => (row.failed ? <StatusPill kind="warn">{message(row.failed)}</StatusPill> : row.sentence && <small>{message(row.sentence)}</small>),
    },
  ];
}

function Lines({ view }: { view: CorrectionView }): ReactNode {
  const text = useText();
  const { search } = useRouter();
  const filters = { account: search.get('q'), failed: search.get('failed') };
  const pages = useTable<CorrectionLine>(`billing/corrections/${view.id}/lines`, filters);
  const columns = useColumns();
  return (
    <Card title={text('billing.ui.recalculation.lines', { lines: view.lines, failed: view.failed })}>
      <DataTable
        caption={text('billing.ui.recalculation.lines', { lines: view.lines, failed: view.failed })}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.key}
        order="account"
        filters={
          <>
            <FilterChip
              name="failed"
              label={text('billing.ui.recalculation.outcome')}
              all={text('billing.ui.recalculation.every')}
              options={['no', 'yes'].map((value) => ({ value, label: text(`billing.ui.recalculation.failed-${value}`) }))}
            />
            <SearchFilter label={text('billing.ui.recalculation.account')} width={160} />
          </>
        }
        permission="billing.correction.read"
        empty={<Empty icon="done" title={text('billing.ui.recalculation.same')} text={text('billing.ui.recalculation.same-text')} />}
      />
    </Card>
  );
}

function Document({ view }: { view: CorrectionView }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const nameOf = usePersonName();
  const value = (sum: string): ReactNode => <MoneyCell value={sum} strong />;
  return (
    <Card padded title={text('billing.ui.recalculation.document')}>
      <KeyValues
        kind="sum"
        items={[
          { key: 'accounts', label: text('billing.ui.recalculation.accounts'), value: formatCount(view.accounts) },
          { key: 'plus', label: text('billing.ui.recalculation.plus'), value: value(view.plus) },
          { key: 'minus', label: text('billing.ui.recalculation.minus'), value: value(view.minus) },
          { key: 'total', label: text('billing.ui.recalculation.total'), value: value(view.total) },
        ]}
      />
      <p className="hint mt-2">
        {text(view.needsApproval ? 'billing.ui.recalculation.over-limit' : 'billing.ui.recalculation.under-limit', {
          sum: formatMoney(view.limit.sum, locale), act: view.limit.act,
        })}
      </p>
      {view.postedAt && (
        <p className="hint mt-2">
          {text('billing.ui.recalculation.posted', {
            by: nameOf(view.postedBy ?? ''), at: formatInstant(view.postedAt), month: view.postedPeriod ? formatPeriod(view.postedPeriod, locale) : '',
          })}
          {view.approvedBy && ` ${text('billing.ui.recalculation.agreed', { by: nameOf(view.approvedBy) })}`}
        </p>
      )}
      <p className="hint mt-2 num">SHA-256 {view.digest.slice(0, 8)}…{view.digest.slice(-8)}</p>
    </Card>
  );
}

function Sheet({ view }: { view: CorrectionView }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const nameOf = usePersonName();
  return (
    <>
      <PageHeader
        title={text('billing.ui.recalculation.heading', { number: view.number })}
        pills={<StatusPill {...correctionLook(view.state)}>{text(`billing.ui.recalculation.state-${view.state}`)}</StatusPill>}
        text={[scopeWords(view, text), monthsWords(view, locale), text(`billing.ui.recalculation.reason-${view.reason}`), view.decision].join(', ')}
        actions={<RecalculationActs view={view} />}
      />
      {view.state === 'reversed' && (
        <div className="mb-3.5">
          <Banner kind="warn">
            {text('billing.ui.recalculation.was-reversed', {
              by: nameOf(view.reversedBy ?? ''), at: view.reversedAt ? formatInstant(view.reversedAt) : '', reason: view.reversalReason ?? '',
            })}
          </Banner>
        </div>
      )}
      <div className="grid side" style={{ gridTemplateColumns: 'minmax(0,1fr) 360px', gap: 14 }}>
        <Lines key={view.state} view={view} />
        <div className="stack" style={{ gap: 14 }}>
          <Document view={view} />
          {view.byMonth.length > 0 && (
            <Sums
              title={text('billing.ui.recalculation.by-month')}
              rows={view.byMonth.map((row) => ({ ...row, key: row.month, name: formatPeriod(row.month, locale) }))}
            />
          )}
          {view.byService.length > 0 && (
            <Sums
              title={text('billing.ui.recalculation.by-service')}
              rows={view.byService.map((row) => ({ ...row, key: `${row.service}/${row.provider}`, name: serviceWord(row.service, text) }))}
            />
          )}
        </div>
      </div>
    </>
  );
}

/** One recalculation: what was, what is, why; posted exactly as it is shown. */
export function Page(): ReactNode {
  const { params } = useRouter();
  const known = useRead<CorrectionView>(`billing/corrections/${encodeURIComponent(params['id'] ?? '')}`);
  return (
    <Frame read={known} rows={14} permission="billing.correction.read">
      {(view) => <Sheet view={view} />}
    </Frame>
  );
}
