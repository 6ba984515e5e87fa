'use client';
import { useRead } from '@komplat/api-client';
import { AppLink, Banner, Button, Card, formatAccount, formatDay, Frame, KeyValues, PageHeader, useCan, useMessage, useRouter, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { CaseView } from '../../contract/index.ts';
import { ActDialog } from '../parts/case-act.tsx';
import { CaseStatusPill } from '../parts/case-look.tsx';
import { CaseMoneyCard, CaseReceiptsCard } from '../parts/case-money.tsx';
import { CaseDocuments, CaseTimeline, PretensionDialogText, ReceiptDialog } from '../parts/case-side.tsx';
import { CaseTermsCard } from '../parts/case-terms.tsx';

type Offered = CaseView['acts'][number];
const DATES = ['openedOn', 'servedOn', 'answerUntil', 'orderServedOn', 'forceOn', 'appealUntil', 'hearingOn', 'presentUntil', 'closedOn'] as const;

/** Acts of today; what the course knows but forbids now is named with its reason. */
function ActsCard({ view, onAct }: { view: CaseView; onAct: (offered: Offered) => void }): ReactNode {
  const text = useText();
  const message = useMessage();
  const able = view.acts.filter(({ why }) => !why);
  const unable = view.acts.filter(({ why }) => why);
  if (view.acts.length === 0) return null;
  return (
    <Card title={text('legal.ui.case.next-acts')} padded>
      <div className="row flex-wrap">
        {able.map((offered) => (
          <Button key={offered.act} size="small" onClick={() => onAct(offered)}>
            {text(`legal.case.act.${offered.act}`)}
          </Button>
        ))}
      </div>
      <ul className="sm t2">
        {unable.map(({ act, why }) => (
          <li key={act}>
            {text(`legal.case.act.${act}`)}: {why && message({ key: `error.${why.code}`, params: { ...why.params, number: view.item.number } })}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function FactsCard({ view }: { view: CaseView }): ReactNode {
  const text = useText();
  const dates = DATES.flatMap((key) => {
    const day = view.dates[key];
    return day ? [{ key, label: text(`legal.ui.case.${key}`), value: formatDay(day) }] : [];
  });
  const executor = view.executor ? [{ key: 'executor', label: text('legal.ui.case.executor'), value: `${view.executor.name}, № ${view.executor.number}` }] : [];
  return (
    <Card title={text('legal.ui.case.facts')} padded>
      <KeyValues items={[{ key: 'debtors', label: text('legal.ui.case.debtors'), value: view.debtors.join(', ') }, ...executor, ...dates]} />
    </Card>
  );
}

function Sheet({ view }: { view: CaseView }): ReactNode {
  const text = useText();
  const can = useCan();
  const [offered, setOffered] = useState<Offered>();
  const [shown, setShown] = useState<'pretension' | 'receipt'>();
  const { item } = view;
  return (
    <>
      <PageHeader
        title={text('legal.ui.case.heading', { number: item.courtNumber ?? item.number })}
        pills={<CaseStatusPill status={item.status} />}
        text={
          <>
            {[item.number, item.court, item.providerName, item.holder, view.address].filter(Boolean).join(', ')},{' '}
            <AppLink href={`/registry/accounts/${item.account}`}>{formatAccount(item.account)}</AppLink>
          </>
        }
        actions={
          <>
            <Button icon="file" onClick={() => setShown('pretension')}>
              {text('legal.ui.case.pretension')}
            </Button>
            {can('legal.case.act') && view.executor && (
              <Button icon="wallet" onClick={() => setShown('receipt')}>
                {text('legal.ui.receipt.tell')}
              </Button>
            )}
          </>
        }
      />
      {view.courtNow && <Banner kind="info">{text('legal.ui.case.court-renamed', { name: view.courtNow })}</Banner>}
      <div className="grid side" style={{ gridTemplateColumns: 'minmax(0,1fr) 360px', gap: 14 }}>
        <div className="stack" style={{ gap: 14 }}>
          {can('legal.case.act') && <ActsCard view={view} onAct={setOffered} />}
          <CaseTermsCard view={view} />
          <CaseMoneyCard view={view} />
          <CaseReceiptsCard view={view} />
        </div>
        <div className="stack" style={{ gap: 14 }}>
          <FactsCard view={view} />
          <CaseTimeline view={view} />
          <CaseDocuments view={view} />
        </div>
      </div>
      {offered && <ActDialog view={view} offered={offered} onClose={() => setOffered(undefined)} />}
      {shown === 'pretension' && <PretensionDialogText id={item.id} onClose={() => setShown(undefined)} />}
      {shown === 'receipt' && <ReceiptDialog view={view} onClose={() => setShown(undefined)} />}
    </>
  );
}

/** One case: what may be done now, terms, money by part, what happened, papers. */
export function Page(): ReactNode {
  const { params } = useRouter();
  const read = useRead<CaseView>(`legal/cases/${encodeURIComponent(params['id'] ?? '')}`);
  return (
    <Frame read={read} rows={14} permission="legal.case.read">
      {(view) => <Sheet view={view} />}
    </Frame>
  );
}
