'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  Button,
  Card,
  Count,
  Figure,
  formatInstant,
  formatPercent,
  formatPeriod,
  formatTime,
  Frame,
  PageHeader,
  ReasonDialog,
  Stats,
  StatusPill,
  toast,
  useCan,
  useErrorText,
  useLocale,
  usePersonName,
  useRouter,
  useSearchState,
  useText,
} from '@komplat/ui';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { GatesCard } from '../parts/close-gates.tsx';
import { LanesTable } from '../parts/close-lanes.tsx';
import { CloseMoney } from '../parts/close-money.tsx';
import { ProposeReady } from '../parts/close-propose.tsx';
import { SharedGates } from '../parts/close-shared.tsx';
import type { Close, Lane, LaneAct } from '../parts/close-words.ts';

const POLL_MS = 2_000;
const ANNOUNCE_MS = 10_000;

const permissionOf = (act: LaneAct): string => (act === 'propose' ? 'billing.close.propose' : 'billing.close.run');

function Totals({ close, updated }: { close: Close; updated: string }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { totals } = close;
  return (
    <Stats
      items={[
        {
          key: 'plan',
          label: text('billing.ui.close.planned'),
          value: <Count value={totals.planned} />,
          note: text('billing.ui.close.providers', { count: totals.lanes }),
        },
        {
          key: 'done',
          label: text('billing.ui.close.done'),
          value: <Count value={totals.done} />,
          note: text('billing.ui.close.of-plan', { percent: formatPercent(totals.done, totals.planned, locale) }),
        },
        {
          key: 'failed',
          label: text('billing.ui.close.failed'),
          value: <Count value={totals.failed} />,
          note: text(totals.failed > 0 ? 'billing.ui.close.failed-some' : 'billing.ui.close.failed-none'),
        },
        {
          key: 'skipped',
          label: text('billing.ui.close.skipped'),
          value: <Count value={totals.skipped} />,
          note: text('billing.ui.close.skipped-note'),
        },
        {
          key: 'rest',
          label: text('billing.ui.close.not-started'),
          value: <Count value={totals.notStarted} />,
          note: text('billing.ui.close.not-started-note'),
        },
        {
          key: 'charged',
          label: text('billing.ui.close.live'),
          value: <Figure value={totals.charged} />,
          note: text('billing.ui.close.updated', { at: updated, locked: totals.locked, lanes: totals.lanes }),
        },
      ]}
    />
  );
}

/** Live progress in words for readers, at most once in ten seconds. */
function Announcer({ close }: { close: Close }): ReactNode {
  const text = useText();
  const said = useRef(0);
  const [sentence, setSentence] = useState('');
  const { done, planned, failed } = close.totals;
  const next = text('billing.ui.close.announce', { done, planned, failed });
  useEffect(() => {
    if (Date.now() - said.current < ANNOUNCE_MS) return;
    said.current = Date.now();
    setSentence(next);
  }, [next]);
  return (
    <div className="vh" role="status" aria-live="polite">
      {sentence}
    </div>
  );
}

function LaneDialog(props: {
  period: string;
  lane: Lane;
  act: Exclude<LaneAct, 'start'>;
  onClose: () => void;
}): ReactNode {
  const { period, lane, act, onClose } = props;
  const text = useText();
  const send = useAct<unknown>(['billing/close', 'administration/']);
  return (
    <ReasonDialog
      open
      title={text(`billing.ui.close.title-${act}`, { provider: lane.provider.name })}
      effect={text(`billing.ui.close.effect-${act}`, { failed: lane.failed })}
      action={text(`billing.ui.close.act-${act}`)}
      kind={act === 'stop' ? 'danger-solid' : 'primary'}
      busy={send.isPending}
      error={send.error}
      onClose={onClose}
      onSubmit={(reason) =>
        send.mutate(
          { path: `billing/close/${period}/lanes/${lane.provider.code}/${act}`, options: { json: { reason } } },
          {
            onSuccess: () => {
              toast.done(text(`billing.ui.close.did-${act}`), lane.provider.name);
              onClose();
            },
          },
        )
      }
    />
  );
}

function useStart(period: string): (json: { providers?: string[]; dryRun?: boolean }) => void {
  const text = useText();
  const sentence = useErrorText();
  const start = useAct<unknown>(['billing/close', 'administration/']);
  return (json) =>
    start.mutate(
      { path: `billing/close/${period}/start`, options: { json } },
      {
        onSuccess: () => toast.done(text(json.dryRun ? 'billing.ui.close.trial-started' : 'billing.ui.close.started')),
        onError: (error) => toast.failed(text('billing.ui.close.not-started-error'), sentence(error)),
      },
    );
}

function HeaderActs({ close, onStart }: { close: Close; onStart: ReturnType<typeof useStart> }): ReactNode {
  const text = useText();
  const can = useCan();
  if (!can('billing.close.run')) return null;
  return (
    <>
      {close.may.includes('trial') && (
        <Button icon="dry-run" onClick={() => onStart({ dryRun: true })}>
          {text('billing.ui.close.trial')}
        </Button>
      )}
      {close.may.includes('start') && (
        <Button icon="play" kind="primary" id="start-close" onClick={() => onStart({})}>
          {text('billing.ui.close.start', { count: close.lanes.filter((lane) => lane.phase === null).length })}
        </Button>
      )}
    </>
  );
}

function Board({ close, updated }: { close: Close; updated: string }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const can = useCan();
  const nameOf = usePersonName();
  const [search, set] = useSearchState();
  const [asking, setAsking] = useState<{ code: string; act: Exclude<LaneAct, 'start'> }>();
  const start = useStart(close.period);
  const selected =
    search.get('lane') ??
    close.lanes.find((lane) => lane.phaseState === 'paused' || lane.phaseState === 'waiting')?.provider.code;
  const chosen = close.lanes.find((lane) => lane.provider.code === selected) ?? close.lanes[0];
  const asked = asking && close.lanes.find((lane) => lane.provider.code === asking.code);
  const allowed = (act: LaneAct): boolean => can(permissionOf(act));
  const onAct = (lane: Lane, act: LaneAct): void =>
    act === 'start' ? start({ providers: [lane.provider.code] }) : setAsking({ code: lane.provider.code, act });
  const pill = {
    open: { kind: 'idle', icon: 'not-started' },
    closing: { kind: 'info', icon: 'running' },
    locked: { kind: 'idle', icon: 'lock' },
  } as const;
  return (
    <>
      <PageHeader
        title={text('billing.ui.close.heading', { period: formatPeriod(close.period, locale) })}
        pills={
          <StatusPill kind={pill[close.state].kind} icon={pill[close.state].icon}>
            {text(`billing.ui.close.state-${close.state}`)}
          </StatusPill>
        }
        text={
          close.run
            ? text('billing.ui.close.begun', {
                by: nameOf(close.run.startedBy),
                at: formatInstant(close.run.startedAt),
              })
            : text(close.state === 'open' ? 'billing.ui.close.not-begun' : 'billing.ui.close.lanes-alone')
        }
        actions={
          <>
            <ProposeReady close={close} />
            <HeaderActs close={close} onStart={start} />
          </>
        }
      />
      <Announcer close={close} />
      <Totals close={close} updated={updated} />
      <SharedGates period={close.period} lanes={close.lanes} />
      <Card>
        <LanesTable
          period={close.period}
          lanes={close.lanes}
          selected={chosen?.provider.code}
          onSelect={(code) => set({ lane: code })}
          onAct={onAct}
          allowed={allowed}
        />
      </Card>
      <div className="grid side mt-3.5" style={{ gridTemplateColumns: '346px minmax(0,1fr)', gap: 14 }}>
        {chosen && <GatesCard period={close.period} lane={chosen} onAct={onAct} allowed={allowed} />}
        <CloseMoney period={close.period} lanes={close.lanes} />
      </div>
      {asking && asked && (
        <LaneDialog period={close.period} lane={asked} act={asking.act} onClose={() => setAsking(undefined)} />
      )}
    </>
  );
}

/** Close of a month: providers close independently, each with its own gates and its own release by two people. */
export function Page(): ReactNode {
  const { params } = useRouter();
  const read = useRead<Close>(`billing/close/${params['period'] ?? ''}`, {}, { every: POLL_MS });
  return (
    <Frame read={read} rows={14} permission="billing.close.read">
      {(close) => <Board close={close} updated={formatTime(new Date(read.dataUpdatedAt).toISOString())} />}
    </Frame>
  );
}
