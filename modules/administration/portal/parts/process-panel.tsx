'use client';
import { useAct } from '@komplat/api-client';
import {
  AppLink,
  Button,
  Card,
  formatInstant,
  formatRecent,
  KeyValues,
  Person,
  ReasonDialog,
  StatusPill,
  Tag,
  Timeline,
  toast,
  useCan,
  useKeys,
  useLocale,
  useMe,
  useMessage,
  usePersonName,
  useText,
  type IconName,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { phaseOf, processPill, subjectOf, wordOf } from './process-words.ts';
import type { Process, ProcessAct, ProcessDetail } from './types.ts';

const ICONS: Record<ProcessAct, IconName> = { pause: 'paused', resume: 'resume', retry: 'retry', stop: 'close' };

/** Acts of a process for which the person has the right; each asks for a reason. */
export function ProcessActs({ process }: { process: Process }): ReactNode {
  const text = useText();
  const can = useCan();
  const locale = useLocale();
  const [asking, setAsking] = useState<ProcessAct>();
  const act = useAct<unknown>(['administration/processes', 'administration/home', 'billing/close']);
  const may = can('administration.process.control') ? process.may : [];
  const main: ProcessAct | undefined = may.find((name) => name === 'resume') ?? may.find((name) => name === 'pause');
  useKeys({ P: () => main && setAsking(main), R: () => may.includes('retry') && setAsking('retry') });
  const run = (reason: string): void =>
    act.mutate(
      { path: `administration/processes/${encodeURIComponent(process.id)}/${asking}`, options: { json: { reason } } },
      {
        onSuccess: () => {
          toast.done(
            text(`administration.ui.process.${asking}-done`),
            subjectOf(process.subject, locale, process.providerName),
          );
          setAsking(undefined);
        },
      },
    );
  if (may.length === 0) return null;
  return (
    <div className="row wrap mt-2">
      {may.map((name) => (
        <Button
          key={name}
          icon={ICONS[name]}
          kind={name === main && name === 'resume' ? 'primary' : name === 'stop' ? 'danger' : 'normal'}
          keys={name === main ? ['P'] : name === 'retry' ? ['R'] : []}
          onClick={() => setAsking(name)}
        >
          {text(`administration.ui.process.${name}`)}
        </Button>
      ))}
      {asking && (
        <ReasonDialog
          open
          title={text(`administration.ui.process.${asking}-title`)}
          effect={text(`administration.ui.process.${asking}-effect`)}
          action={text(`administration.ui.process.${asking}`)}
          kind={asking === 'stop' ? 'danger-solid' : 'primary'}
          busy={act.isPending}
          error={act.error}
          onSubmit={run}
          onClose={() => {
            act.reset();
            setAsking(undefined);
          }}
        />
      )}
    </div>
  );
}

/** State, reason of a pause, numbers and acts of one process. */
export function ProcessSummary({ process, link }: { process: Process; link: boolean }): ReactNode {
  const text = useText();
  const message = useMessage();
  const locale = useLocale();
  const nameOf = usePersonName();
  const look = processPill(process.state);
  const facts = [
    process.pause && { key: 'reason', label: text('ui.reason.label'), value: process.pause.reason },
    process.pause && {
      key: 'by',
      label: text('administration.ui.process.paused-by'),
      value: <Person login={process.pause.by} />,
    },
    process.pause?.until && {
      key: 'until',
      label: text('administration.ui.process.until'),
      value: process.pause.until.length > 10 ? formatInstant(process.pause.until) : process.pause.until,
    },
    {
      key: 'phase',
      label: text('administration.ui.processes.phase'),
      value: `${phaseOf(text, process)}, ${process.phaseNo}/${process.phases}`,
    },
    process.message && {
      key: 'message',
      label: text('administration.ui.process.now'),
      value: message(process.message),
    },
    {
      key: 'started',
      label: text('administration.ui.processes.started'),
      value: `${nameOf(process.startedBy)}, ${formatInstant(process.startedAt)}`,
    },
    { key: 'updated', label: text('administration.ui.process.updated'), value: formatInstant(process.updatedAt) },
  ].filter((fact) => fact !== null && fact !== undefined && fact !== '');
  return (
    <Card
      padded
      title={subjectOf(process.subject, locale, process.providerName)}
      right={
        link && (
          <AppLink href={`/processes/${encodeURIComponent(process.id)}`}>
            {text('administration.ui.process.open')}
          </AppLink>
        )
      }
    >
      <div className="row wrap mb-2">
        <StatusPill kind={look.kind} icon={look.icon}>
          {wordOf(text, 'administration.ui.process-state', process.state)}
        </StatusPill>
        <Tag icon="process">{wordOf(text, 'administration.ui.process-type', process.type)}</Tag>
      </div>
      <KeyValues items={facts} />
      <ProcessActs process={process} />
    </Card>
  );
}

const eventLook = (key: string): { kind: 'ok' | 'warn' | 'bad' | 'appr' | 'info'; icon: IconName } => {
  if (/fail|error|blocked/.test(key)) return { kind: 'bad', icon: 'close' };
  if (/pause|stop/.test(key)) return { kind: 'warn', icon: 'pause' };
  if (/propos|approv|exception|waiting/.test(key)) return { kind: 'appr', icon: 'users' };
  return { kind: 'ok', icon: 'check' };
};

/** What happened, newest first. */
export function ProcessHistory({ process }: { process: ProcessDetail }): ReactNode {
  const text = useText();
  const message = useMessage();
  const { today } = useMe();
  const nameOf = usePersonName();
  const events = [...process.events].sort((left, right) => right.at.localeCompare(left.at));
  return (
    <Card padded title={text('administration.ui.process.history')}>
      {events.length === 0 && <p className="t2">{text('administration.ui.process.no-history')}</p>}
      <Timeline
        items={events.map((event, at) => ({
          key: `${event.at}${at}`,
          ...eventLook(typeof event.message === 'string' ? event.message : event.message.key),
          title: message(event.message),
          time: formatRecent(event.at, today),
          detail: [event.actor && nameOf(event.actor), event.reason && `«${event.reason}»`].filter(Boolean).join(', '),
        }))}
      />
    </Card>
  );
}
