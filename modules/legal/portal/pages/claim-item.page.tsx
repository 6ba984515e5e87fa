'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  AppLink, Button, Card, Empty, formatAccount, formatCount, formatDay, formatPeriod, Frame, KeyValues, MoneyCell, PageHeader, ReasonDialog, Tag, toast,
  useCan, useLocale, useRouter, useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { ClaimDone, ClaimItemView } from '../../contract/index.ts';
import { ClaimHeads, ClaimOutcomePill, ClaimWhy, FindingPill, useFindingDetail } from '../parts/claim-look.tsx';
import { ClaimCalculation } from '../parts/claim-calculation.tsx';

type Finding = ClaimItemView['allFindings'][number];
const SUMS = ['principal', 'inflation', 'interest', 'penalty', 'total', 'fee'] as const;

function AcceptDialog({ item, finding, onClose }: { item: ClaimItemView; finding: Finding; onClose: () => void }): ReactNode {
  const text = useText();
  const act = useAct<ClaimDone>(['legal/claim']);
  const submit = (reason: string): void =>
    act.mutate(
      {
        path: `legal/claim-items/${item.id}/accept`,
        options: { json: { code: finding.code, subject: finding.subject, reason } },
      },
      {
        onSuccess: () => {
          toast.done(text('legal.ui.claims.accept'), text(`legal.ui.claims.finding.${finding.code}`));
          onClose();
        },
      },
    );
  return (
    <ReasonDialog
      open
      title={text('legal.ui.claims.accept-ask')}
      effect={`${text(`legal.ui.claims.finding.${finding.code}`)}. ${text('legal.ui.claims.accept-effect')}`}
      action={text('legal.ui.claims.accept')}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    />
  );
}

function ChecksCard({ item }: { item: ClaimItemView }): ReactNode {
  const text = useText();
  const can = useCan();
  const detailOf = useFindingDetail();
  const [asked, setAsked] = useState<Finding | null>(null);
  const word = (key: string): string => text(`legal.ui.claims.${key}`);
  if (item.allFindings.length === 0) return <Card title={word('checks')}><Empty icon="done" title={word('no-findings')} /></Card>;
  return (
    <Card title={word('checks')}>
      <table className="tbl">
        <caption>{word('checks')}</caption>
        <tbody>
          {item.allFindings.map((row) => (
            <tr key={`${row.code} ${row.subject}`}>
              <th scope="row" className="whitespace-normal">
                {word(`finding.${row.code}`)} <span className="mut">{detailOf(row.code, row.params)}</span>
                {row.acceptedBy && <div className="sm t2">{text('legal.ui.claims.accepted', { by: row.acceptedBy, reason: row.acceptedReason ?? '' })}</div>}
              </th>
              <td>
                <FindingPill level={row.level}>{word(`level.${row.level}`)}</FindingPill>
              </td>
              <td className="r">
                {row.level === 'lawyer' && !row.acceptedBy && can('legal.claim.prepare') && (
                  <Button size="small" onClick={() => setAsked(row)}>
                    {word('accept')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked && <AcceptDialog item={item} finding={asked} onClose={() => setAsked(null)} />}
    </Card>
  );
}

function MonthsCard({ item }: { item: ClaimItemView }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const word = (key: string): string => text(`legal.ui.claims.${key}`);
  return (
    <Card title={word('months-title')}>
      <div className="scrollx">
        <table className="tbl dense">
          <caption>{word('months-title')}</caption>
          <ClaimHeads plain={['month', 'service', 'due-on', 'limitation', 'days-left', 'part']} figures={['charged', 'covered', 'debt']} />
          <tbody>
            {item.monthRows.map((row) => (
              <tr key={`${row.month} ${row.service}`}>
                <th scope="row">{formatPeriod(row.month, locale)}</th>
                <td>{row.service}</td>
                <td>{formatDay(row.dueOn)}</td>
                <td>{formatDay(row.limitationEndsOn)}</td>
                <td className="tnum">{row.daysLeft}</td>
                <td>{word(`part-${row.part}`)}</td>
                {(['charged', 'covered', 'debt'] as const).map((key) => (
                  <td key={key} className="r">
                    <MoneyCell value={row[key]} strong={key === 'debt'} />
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

function SideCard({ item }: { item: ClaimItemView }): ReactNode {
  const text = useText();
  const word = (key: string): string => text(`legal.ui.claims.${key}`);
  return (
    <div className="stack" style={{ gap: 14 }}>
      <Card padded title={word('total')}>
        <KeyValues kind="sum" items={SUMS.map((key) => ({ key, label: word(key), value: <MoneyCell value={item[key]} strong={key === 'total'} /> }))} />
        {item.feePaidOn && <p className="sm">{text('legal.ui.claims.fee-paid', { day: formatDay(item.feePaidOn) })}</p>}
      </Card>
      {item.kind !== 'none' && (
        <Card padded title={word('court')}>
          <p>{item.courtName ?? word('court-none')}</p>
          {item.courtBy && <p className="sm mut">{`${word(`court-by-${item.courtBy}`)}${item.courtPlace ? `: ${item.courtPlace}` : ''}`}</p>}
        </Card>
      )}
      <Card padded title={word('debtor-list')}>
        <ul>
          {item.debtorRows.map((row) => (
            <li key={row.personId}>
              {row.name} <Tag>{word(`role.${row.role}`)}</Tag> {row.share && <span className="tnum">{row.share}</span>}{' '}
              {row.minor && <Tag>{word('minor')}</Tag>}
            </li>
          ))}
        </ul>
      </Card>
      <Card padded title={word('pack')}>
        {item.packId ? <AppLink href={`/legal/packs/${item.packId}`}>{item.number}</AppLink> : word('no-calculation')}
        {item.packSha256 && (
          <p className="sm mut" style={{ overflowWrap: 'anywhere' }}>
            {word('pack-sha')} ({word('pack-sha-note')}): {item.packSha256}
          </p>
        )}
        {item.snapshotSha256 && (
          <p className="sm mut" style={{ overflowWrap: 'anywhere' }}>
            {word('snapshot')}: {item.snapshotSha256}
          </p>
        )}
        {item.snapshot && item.snapshot.marks.length > 0 && (
          <ul className="sm">
            {item.snapshot.marks.map((mark) => (
              <li key={mark}>{mark}</li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}

/** One item of a run: months, checks, calculation with every step, pack. */
export function Page(): ReactNode {
  const text = useText();
  const { params } = useRouter();
  const read = useRead<ClaimItemView>(`legal/claim-items/${encodeURIComponent(params['id'] ?? '')}`);
  return (
    <Frame read={read} rows={14} permission="legal.read">
      {(item) => (
        <>
          <PageHeader
            title={`${item.number}: ${text(`legal.ui.claims.kind.${item.kind}`)}`}
            pills={<ClaimOutcomePill outcome={item.outcome} />}
            text={
              <>
                <AppLink href={`/registry/accounts/${item.account}`}>{formatAccount(item.account)}</AppLink>, {item.holder}, {item.address}
                {item.reason && (
                  <>
                    {'. '}
                    <ClaimWhy reason={item.reason} />
                  </>
                )}
              </>
            }
            actions={<AppLink href={`/legal/claims/${item.runId}`}>{`${text('legal.ui.claims.back')} ${item.runNumber}`}</AppLink>}
          />
          <div className="grid side" style={{ gridTemplateColumns: 'minmax(0,1fr) 330px', gap: 14 }}>
            <div className="stack" style={{ gap: 14 }}>
              <ChecksCard item={item} />
              <MonthsCard item={item} />
              <ClaimCalculation item={item} steps={formatCount(item.trace.length)} />
            </div>
            <SideCard item={item} />
          </div>
        </>
      )}
    </Frame>
  );
}
