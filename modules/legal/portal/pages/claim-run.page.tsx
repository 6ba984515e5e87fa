'use client';
import { useRead, useRefresh } from '@komplat/api-client';
import {
  AppLink, Banner, Card, type Column, DataTable, Empty, FilterChip, formatAccount, formatCount, formatDay, Frame, KeyValues, MoneyCell, PageHeader,
  Stats, useLocale, formatPeriod, useRouter, useTable, useText,
} from '@komplat/ui';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { ClaimItem, ClaimRunView } from '../../contract/index.ts';
import { MarkedActs, RunActs } from '../parts/claim-acts.tsx';
import { ClaimRules } from '../parts/rules.tsx';
import { ClaimHeads, ClaimOutcomePill, ClaimStatePill, ClaimWhy, FindingPill } from '../parts/claim-look.tsx';

const [MOVING_MS, STILL_MS] = [2_000, 20_000];
const SUMS = ['principal', 'inflation', 'interest', 'penalty', 'fee'] as const;

function CreditorsCard({ run }: { run: ClaimRunView }): ReactNode {
  const text = useText();
  const word = (key: string): string => text(`legal.ui.claims.${key}`);
  return (
    <Card title={word('creditors')}>
      <div className="scrollx">
        <table className="tbl dense">
          <caption>{word('creditors')}</caption>
          <ClaimHeads plain={['provider']} figures={['orders', 'claims', ...SUMS]} />
          <tbody>
            {run.creditors.map((row) => (
              <tr key={row.provider}>
                <th scope="row">{row.providerName}</th>
                <td className="r tnum">{formatCount(row.orders)}</td>
                <td className="r tnum">{formatCount(row.claims)}</td>
                {SUMS.map((key) => (
                  <td key={key} className="r">
                    <MoneyCell value={row[key]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

/** Packs go to their courts together. */
function CourtsCard({ run }: { run: ClaimRunView }): ReactNode {
  const text = useText();
  const word = (key: string): string => text(`legal.ui.claims.${key}`);
  return (
    <Card title={word('courts')}>
      <table className="tbl dense">
        <caption>{word('courts')}</caption>
        <ClaimHeads plain={['court']} figures={['orders', 'claims', 'total', 'fee']} />
        <tbody>
          {run.courts.map((row) => (
            <tr key={row.court ?? ''}>
              <th scope="row" className="whitespace-normal">
                {row.courtName ?? word('court-none')}
              </th>
              <td className="r tnum">{formatCount(row.orders)}</td>
              <td className="r tnum">{formatCount(row.claims)}</td>
              <td className="r">
                <MoneyCell value={row.total} strong />
              </td>
              <td className="r">
                <MoneyCell value={row.fee} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function FindingsCard({ run }: { run: ClaimRunView }): ReactNode {
  const text = useText();
  return (
    <Card title={text('legal.ui.claims.checks')}>
      {run.findings.length === 0 ? (
        <Empty icon="done" title={text('legal.ui.claims.no-findings')} />
      ) : (
        <table className="tbl dense">
          <caption>{text('legal.ui.claims.checks')}</caption>
          <tbody>
            {run.findings.map((row) => (
              <tr key={row.code}>
                <th scope="row" className="whitespace-normal">
                  <AppLink href={`/legal/claims/${run.id}?finding=${row.code}`}>{text(`legal.ui.claims.finding.${row.code}`)}</AppLink>
                </th>
                <td>
                  <FindingPill level={row.level}>{text(`legal.ui.claims.level.${row.level}`)}</FindingPill>
                </td>
                <td className="r tnum">{formatCount(row.open)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function useColumns(): readonly Column<ClaimItem>[] {
  const text = useText();
  const locale = useLocale();
  const word = (key: string): string => text(`legal.ui.claims.${key}`);
  return [
    { key: 'number', title: word('number'), fixed: true, sortable: true, cell: (row) => <AppLink href={`/legal/claim-items/${row.id}`}>{row.number}</AppLink> },
    { key: 'account', title: word('account'), sortable: true, cell: (row) => <AppLink href={`/registry/accounts/${row.account}`}>{formatAccount(row.account)}</AppLink> },
    { key: 'holder', title: word('holder'), wrap: true, cell: (row) => row.holder },
    { key: 'provider', title: word('provider'), cell: (row) => row.providerName },
    { key: 'court', title: word('court'), wrap: true, cell: (row) => row.courtName },
    { key: 'kind', title: word('kind'), cell: (row) => word(`kind.${row.kind}`) },
    {
      key: 'outcome',
      title: word('outcome'),
      filter: 'outcome',
      cell: (row) => <ClaimOutcomePill outcome={row.outcome} />,
    },
    { key: 'why', title: word('reason-why'), wrap: true, cell: (row) => row.reason && <ClaimWhy reason={row.reason} /> },
    { key: 'oldest', title: word('oldest'), sortable: true, cell: (row) => row.oldest && formatPeriod(row.oldest, locale) },
    { key: 'months', title: word('months'), align: 'right', sortable: true, cell: (row) => <span className="tnum">{row.months}</span> },
    { key: 'principal', title: word('principal'), align: 'right', sum: 'principal', cell: (row) => <MoneyCell value={row.principal} /> },
    { key: 'total', title: word('total'), align: 'right', sortable: true, sum: 'total', cell: (row) => <MoneyCell value={row.total} strong /> },
    { key: 'fee', title: word('fee'), align: 'right', sum: 'fee', cell: (row) => <MoneyCell value={row.fee} /> },
    { key: 'filed', title: word('filed-on'), cell: (row) => row.filedOn && formatDay(row.filedOn) },
  ];
}

function Items({ run }: { run: ClaimRunView }): ReactNode {
  const text = useText();
  const { search } = useRouter();
  const filters = Object.fromEntries(['outcome', 'provider', 'court', 'kind', 'finding'].map((name) => [name, search.get(name)]));
  const path = `legal/claims/${run.id}/items`;
  const pages = useTable<ClaimItem>(path, filters);
  const refresh = useRefresh();
  const moved = JSON.stringify(run.outcomes);
  const seen = useRef(moved);
  useEffect(() => {
    if (seen.current === moved) return;
    seen.current = moved; // the process went on: the list is read again
    refresh([path]);
  }, [moved, path, refresh]);
  const columns = useColumns();
  const word = (key: string): string => text(`legal.ui.claims.${key}`);
  const chip = (name: string, label: string, options: readonly { value: string; label: string }[]): ReactNode => (
    <FilterChip name={name} label={word(label)} all={word('any')} options={options} />
  );
  return (
    <Card title={word('outcomes')}>
      <DataTable
        caption={word('outcomes')}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        rowHref={(row) => `/legal/claim-items/${row.id}`}
        order="number"
        exportable
        marked={(marks) => <MarkedActs run={run} marks={marks} />}
        filters={
          <>
            {chip('outcome', 'outcome', run.outcomes.map(({ outcome, count }) => ({ value: outcome, label: word(`outcome.${outcome}`), count })))}
            {chip('provider', 'provider', run.creditors.map(({ provider, providerName }) => ({ value: provider, label: providerName })))}
            {chip('court', 'court', run.courts.flatMap(({ court, courtName }) => (court === null ? [] : [{ value: court, label: courtName ?? court }])))}
            {chip('kind', 'kind', (['order', 'claim', 'none'] as const).map((value) => ({ value, label: word(`kind.${value}`) })))}
            {chip('finding', 'findings', run.findings.map(({ code }) => ({ value: code, label: word(`finding.${code}`) })))}
          </>
        }
        permission="legal.read"
        empty={<Empty icon="inbox" title={word('no-items')} />}
      />
    </Card>
  );
}

function Sheet({ run }: { run: ClaimRunView }): ReactNode {
  const text = useText();
  const word = (key: string): string => text(`legal.ui.claims.${key}`);
  const count = (outcome: string): number => run.outcomes.find((each) => each.outcome === outcome)?.count ?? 0;
  const { parameters } = run;
  return (
    <>
      <PageHeader
        title={`${run.number}: ${run.title}`}
        pills={<ClaimStatePill state={run.state} />}
        text={run.process?.message && text.has(run.process.message) ? text(run.process.message, counted(run.process.params)) : run.reason}
        actions={<RunActs run={run} />}
      />
      {run.approvalId && (
        <Banner kind="appr">
          <AppLink href={`/approvals/${run.approvalId}`}>{word('approval')}</AppLink>
        </Banner>
      )}
      <Stats
        items={[
          { key: 'accounts', label: word('accounts'), value: formatCount(run.accounts) },
          { key: 'items', label: word('items'), value: formatCount(run.items) },
          { key: 'held', label: word('held'), value: formatCount(run.blocked) },
          { key: 'packed', label: word('outcome.packed'), value: formatCount(count('packed')) },
          { key: 'signed', label: word('outcome.signed'), value: formatCount(count('signed')) },
          { key: 'filed', label: word('filed'), value: formatCount(run.filed) },
          { key: 'total', label: word('total'), value: <MoneyCell value={run.total} strong /> },
        ]}
      />
      <div className="stack" style={{ gap: 14 }}>
        <div className="grid side" style={{ gridTemplateColumns: 'minmax(0,1fr) 380px', gap: 14 }}>
          <CreditorsCard run={run} />
          <FindingsCard run={run} />
        </div>
        <CourtsCard run={run} />
        <Items run={run} />
        <Card padded title={word('parameters')} sub={formatDay(run.asOf)}>
          <KeyValues
            items={[
              { key: 'method', label: word('method'), value: word(`method-${parameters.method}`) },
              { key: 'kind', label: word('paper'), value: word(`paper-${parameters.kind}`) },
              { key: 'expired', label: word('expired'), value: word(`expired-${parameters.expired}`) },
              { key: 'penalty', label: word('penalty-rule'), value: word(`penalty-${parameters.penalty}`) },
              { key: 'debtors', label: word('debtors'), value: word(`debtors-${parameters.debtors}`) },
              { key: 'missing', label: word('missing'), value: word(`missing-${parameters.missingIndex}`) },
              { key: 'least', label: word('least'), value: <MoneyCell value={parameters.least} /> },
              { key: 'court', label: word('court'), value: run.courts.find(({ court }) => court === parameters.court)?.courtName ?? word('court-auto') },
            ]}
          />
          <h3 className="sm t2">{word('marks')}</h3>
          <ClaimRules list={run.marks} />
        </Card>
      </div>
    </>
  );
}

const counted = (params: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)]));

/** One run: where every account stands, for every creditor; what holds; what is next. */
export function Page(): ReactNode {
  const { params } = useRouter();
  const [every, setEvery] = useState(MOVING_MS);
  const read = useRead<ClaimRunView>(`legal/claims/${encodeURIComponent(params['id'] ?? '')}`, {}, { every });
  const state = read.data?.state;
  useEffect(() => setEvery(state === 'waiting' || state === 'done' || state === 'stopped' ? STILL_MS : MOVING_MS), [state]);
  return (
    <Frame read={read} rows={14} permission="legal.read">
      {(run) => <Sheet run={run} />}
    </Frame>
  );
}
