'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  AppLink,
  ApprovalBanner,
  Banner,
  Card,
  formatCount,
  formatDay,
  formatInstant,
  formatMoney,
  formatPeriod,
  Frame,
  gateTitle,
  KeyValues,
  PageHeader,
  ReasonDialog,
  StatusPill,
  toast,
  useLocale,
  useMe,
  useMessage,
  usePersonName,
  useRouter,
  useText,
  type Locale,
  type Text,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { approvalPill } from '../parts/approval-words.ts';
import { wordOf } from '../parts/process-words.ts';
import type { Approval } from '../parts/types.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Numbers that only the system reads, and what the sentence above says already. */
const isInner = (name: string): boolean => name === 'id' || name === 'provider' || name.endsWith('Id');

/** A value of the act as people write it: grouped digits, days and months, money with a comma, a long list as its count. */
function shownValue(value: unknown, text: Text, locale: Locale): string {
  if (value === null || value === '') return '–';
  if (typeof value === 'number') return formatCount(value);
  if (Array.isArray(value)) return value.some(isRecord) ? formatCount(value.length) : value.map((one) => shownValue(one, text, locale)).join(', ');
  if (isRecord(value)) {
    const parts = Object.entries(value).filter(([name]) => !isInner(name));
    return parts.map(([name, part]) => `${wordOf(text, 'administration.ui.payload', name)}: ${shownValue(part, text, locale)}`).join('; ');
  }
  const said = String(value);
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(said)) return formatPeriod(said, locale);
  if (/^\d{4}-\d{2}-\d{2}$/.test(said)) return formatDay(said);
  if (/^-?\d+\.\d{2}$/.test(said)) return formatMoney(said, locale);
  const places = ['administration.ui.payload-value', 'debt.ui.step', 'tariffs.ui.book', 'tariffs.ui.mark', 'legal.case.act'];
  const key = places.map((place) => `${place}.${said.replaceAll(' ', '-')}`).find((place) => text.has(place));
  return key ? text(key) : said;
}

/** Bound data of the act: what exactly is signed. */
function Payload({ payload }: { payload: unknown }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const shown = (name: string, value: unknown): ReactNode => {
    if (name === 'gate' && typeof value === 'string') return gateTitle(text, value);
    if (name === 'page' && typeof value === 'string') return <AppLink href={value}>{text('administration.ui.approval.open')}</AppLink>;
    return shownValue(value, text, locale);
  };
  if (!isRecord(payload)) return <p className="t2">{text('administration.ui.approval.no-payload')}</p>;
  return (
    <KeyValues
      kind="lines"
      items={Object.entries(payload)
        .filter(([name]) => !isInner(name))
        .map(([name, value]) => ({
          key: name,
          label: wordOf(text, 'administration.ui.payload', name),
          value: <span className="break-all tnum">{shown(name, value)}</span>,
        }))}
    />
  );
}

function Decision({ approval }: { approval: Approval }): ReactNode {
  const text = useText();
  const message = useMessage();
  const { login } = useMe();
  const nameOf = usePersonName();
  const [asking, setAsking] = useState<'approve' | 'reject'>();
  const act = useAct<unknown>(['administration/', 'billing/close']);
  const decide = (reason: string): void =>
    act.mutate(
      { path: `administration/approvals/${approval.id}/${asking}`, options: { json: reason ? { reason } : {} } },
      {
        onSuccess: () => {
          toast.done(
            text(asking === 'approve' ? 'administration.ui.approval.signed' : 'administration.ui.approval.refused'),
          );
          setAsking(undefined);
        },
      },
    );
  return (
    <>
      <ApprovalBanner
        requestedBy={nameOf(approval.requestedBy)}
        at={formatInstant(approval.requestedAt)}
        mine={approval.requestedBy === login}
        mayDecide={approval.mayDecide}
        whyNot={approval.whyNot ? text(`administration.ui.why-not.${approval.whyNot}`) : undefined}
        onApprove={() => setAsking('approve')}
        onReject={() => setAsking('reject')}
      />
      {asking && (
        <ReasonDialog
          open
          title={text(
            asking === 'approve'
              ? 'administration.ui.approval.approve-title'
              : 'administration.ui.approval.reject-title',
          )}
          effect={message(approval.message)}
          action={text(asking === 'approve' ? 'ui.approval.approve' : 'ui.approval.reject')}
          kind={asking === 'approve' ? 'primary' : 'danger-solid'}
          required={asking === 'reject'}
          busy={act.isPending}
          error={act.error}
          onSubmit={decide}
          onClose={() => {
            act.reset();
            setAsking(undefined);
          }}
        />
      )}
    </>
  );
}

function Sheet({ approval }: { approval: Approval }): ReactNode {
  const text = useText();
  const message = useMessage();
  const nameOf = usePersonName();
  const look = approvalPill(approval.state);
  return (
    <>
      <PageHeader
        title={message(approval.message)}
        pills={
          <StatusPill kind={look.kind} icon={look.icon}>
            {wordOf(text, 'administration.ui.approval-state', approval.state)}
          </StatusPill>
        }
        text={<AppLink href="/approvals">{text('administration.ui.approval.all')}</AppLink>}
      />
      {approval.state === 'waiting' ? (
        <Decision approval={approval} />
      ) : (
        approval.decidedBy && (
          <Banner kind={look.kind} icon={look.icon}>
            {text('administration.ui.approval.decided', {
              name: nameOf(approval.decidedBy),
              at: approval.decidedAt ? formatInstant(approval.decidedAt) : '',
            })}
          </Banner>
        )
      )}
      <div className="grid side mt-3.5" style={{ gridTemplateColumns: 'minmax(0,1fr) 380px' }}>
        <Card padded title={text('administration.ui.approval.what')} sub={text('administration.ui.approval.bound')}>
          <Payload payload={approval.payload} />
        </Card>
        <Card padded title={text('administration.ui.approval.request')}>
          <KeyValues
            items={[
              { key: 'by', label: text('administration.ui.approvals.by'), value: nameOf(approval.requestedBy) },
              { key: 'at', label: text('administration.ui.approvals.at'), value: formatInstant(approval.requestedAt) },
              {
                key: 'until',
                label: text('administration.ui.approvals.until'),
                value: approval.expiresAt
                  ? formatInstant(approval.expiresAt)
                  : text('administration.ui.approvals.no-end'),
              },
              { key: 'reason', label: text('ui.reason.label'), value: approval.reason },
            ]}
          />
        </Card>
      </div>
    </>
  );
}

/** One act that waits for a second person. */
export function Page(): ReactNode {
  const { params } = useRouter();
  const read = useRead<Approval>(
    `administration/approvals/${encodeURIComponent(params['id'] ?? '')}`,
    {},
    { every: 10_000 },
  );
  return (
    <Frame read={read} rows={8} permission="administration.approval.read">
      {(approval) => <Sheet approval={approval} />}
    </Frame>
  );
}
