'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  AppLink, ApprovalBanner, Banner, Button, Card, Empty, formatAccount, formatInstant, Frame, KeyValues, PageHeader, Person, ReasonDialog,
  StatusPill, toast, useMe, usePersonName, useRouter, useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { ProposalView } from '../../contract/index.ts';
import { ItemsTable, MoneyEffects, Notes } from '../parts/change-preview.tsx';
import { STATE_PILL } from './proposals.page.tsx';

type Asked = 'approve' | 'refuse' | 'withdraw';

function Decision({ proposal, onAsk }: { proposal: ProposalView; onAsk: (asked: Asked) => void }): ReactNode {
  const text = useText();
  const nameOf = usePersonName();
  const { login } = useMe();
  if (proposal.state !== 'waiting') {
    return (
      <Banner kind={STATE_PILL[proposal.state]}>
        <b>{text(`registry.ui.proposal-state.${proposal.state}`)}</b> {proposal.decisionReason}
        <div className="sm t2">
          <Person login={proposal.decidedBy} /> {proposal.decidedAt ? formatInstant(proposal.decidedAt) : ''}
        </div>
      </Banner>
    );
  }
  return (
    <>
      <ApprovalBanner
        what={text(`registry.ui.proposal.what-${proposal.side}`)}
        requestedBy={nameOf(proposal.proposedBy)}
        at={formatInstant(proposal.proposedAt)}
        mine={proposal.proposedBy === login}
        mayDecide={proposal.mayDecide && proposal.stale === null}
        whyNot={proposal.whyNot ? text(`error.registry.proposal.${proposal.whyNot}`) : undefined}
        onApprove={() => onAsk('approve')}
        onReject={() => onAsk('refuse')}
      />
      {proposal.stale && (
        <Banner kind="bad" actions={proposal.mayDecide && <Button onClick={() => onAsk('refuse')}>{text('ui.approval.reject')}</Button>}>
          {text('registry.ui.proposal.stale')}
        </Banner>
      )}
      {proposal.mayWithdraw && (
        <Button icon="undo" onClick={() => onAsk('withdraw')}>
          {text('registry.ui.proposal.withdraw')}
        </Button>
      )}
    </>
  );
}

function About({ proposal }: { proposal: ProposalView }): ReactNode {
  const text = useText();
  const items = [
    { key: 'account', label: text('registry.ui.accounts.number'), value: <AppLink href={`/registry/accounts/${proposal.account}`}>{formatAccount(proposal.account)}</AppLink> },
    { key: 'address', label: text('registry.ui.accounts.address'), value: proposal.address },
    { key: 'reason', label: text('ui.reason.label'), value: proposal.reason },
    { key: 'document', label: text('registry.ui.form.document'), value: proposal.document ?? text('ui.diff.nothing') },
    { key: 'due', label: text('registry.ui.proposals.due'), value: formatInstant(proposal.dueAt) },
    { key: 'process', label: text('registry.ui.proposal.process'), value: <AppLink href={`/processes/${encodeURIComponent(proposal.process)}`}>{text('registry.ui.proposal.timeline')}</AppLink> },
  ];
  return (
    <Card padded title={text('registry.ui.proposal.about')}>
      <KeyValues items={items} kind="lines" />
    </Card>
  );
}

function Sheet({ proposal }: { proposal: ProposalView }): ReactNode {
  const text = useText();
  const [asked, setAsked] = useState<Asked>();
  const act = useAct<ProposalView>(['registry/', 'billing/', 'administration/']);
  const submit = (reason: string): void => {
    const path = `registry/proposals/${proposal.id}/${asked === 'withdraw' ? 'withdraw' : 'decide'}`;
    const decided = { approve: asked === 'approve', ...(reason ? { reason } : {}) };
    const options = { json: asked === 'withdraw' ? { reason } : decided };
    act.mutate(
      { path, options },
      {
        onSuccess: (answer) => {
          toast.done(text(`registry.ui.proposal-state.${answer.state}`));
          setAsked(undefined);
        },
      },
    );
  };
  return (
    <>
      <Decision proposal={proposal} onAsk={setAsked} />
      <div className="grid side" style={{ gridTemplateColumns: 'minmax(0,1fr) 300px', gap: 12, marginTop: 12 }}>
        <Card padded title={text('registry.ui.proposal.compare')}>
          <div className="stack" style={{ gap: 10 }}>
            {proposal.preview && <Notes notes={proposal.preview.notes} />}
            <ItemsTable items={proposal.items} caption={text('registry.ui.proposal.compare')} />
            {proposal.preview && <MoneyEffects money={proposal.preview.money} />}
          </div>
        </Card>
        <About proposal={proposal} />
      </div>
      {asked && (
        <ReasonDialog
          open
          title={text(`registry.ui.proposal.${asked}`)}
          effect={text(`registry.ui.proposal.effect-${asked}`, { count: proposal.items.length })}
          action={text(`registry.ui.proposal.${asked}`)}
          required={asked !== 'approve'}
          busy={act.isPending}
          error={act.error}
          onSubmit={submit}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}

/** One proposed correction: field by field, effect in money, decision of the other side. */
export function Page(): ReactNode {
  const text = useText();
  const id = useRouter().params['id'] ?? '';
  const read = useRead<ProposalView>(`registry/proposals/${encodeURIComponent(id)}`);
  const missing = (
    <Card>
      <Empty icon="search" title={text('registry.ui.proposal.missing')} text={text('error.registry.proposal.unknown')} />
    </Card>
  );
  return (
    <Frame read={read} rows={8} missing={missing}>
      {(proposal) => (
        <>
          <PageHeader
            title={text('registry.ui.proposal.title', { number: formatAccount(proposal.account) })}
            pills={<StatusPill kind={STATE_PILL[proposal.state]}>{text(`registry.ui.proposal-state.${proposal.state}`)}</StatusPill>}
            text={proposal.address}
          />
          <Sheet proposal={proposal} />
        </>
      )}
    </Frame>
  );
}
