'use client';
import {
  Banner,
  Button,
  Card,
  formatCount,
  formatDecimal,
  Icon,
  Person,
  shortCompany,
  useCan,
  useLocale,
  useMessage,
  usePersonName,
  useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { ExceptionsLink } from './close-lanes.tsx';
import { ExceptionDialog } from './gate-exception.tsx';
import type { Gate, Lane, LaneAct } from './close-words.ts';

function GateMark({ gate }: { gate: Gate }): ReactNode {
  const text = useText();
  const [name, kind, word] =
    gate.exception?.state === 'approved'
      ? (['users', 'appr', 'exception'] as const)
      : gate.green
        ? (['done', 'ok', 'green'] as const)
        : (['failed', 'bad', 'red'] as const);
  return (
    <span className={kind}>
      <Icon name={name} />
      <span className="vh">{text(`billing.ui.gate.${word}`)}</span>
    </span>
  );
}

function GateLine({ gate, onAsk, may }: { gate: Gate; onAsk: () => void; may: boolean }): ReactNode {
  const text = useText();
  const message = useMessage();
  const locale = useLocale();
  const nameOf = usePersonName();
  const number = (value: number): string =>
    Number.isInteger(value) ? formatCount(value) : formatDecimal(String(value), locale);
  return (
    <li>
      <GateMark gate={gate} />
      <div>
        {message(gate.title)}
        <small>
          {gate.exception
            ? text(`billing.ui.gate.exception-${gate.exception.state}`, {
                by: nameOf(gate.exception.by),
                reason: gate.exception.reason,
              })
            : text('billing.ui.gate.limit', { limit: number(gate.limit) })}
        </small>
        {!gate.green && !gate.exception && may && (
          <Button size="small" kind="quiet" className="-ml-2" onClick={onAsk}>
            {text('billing.ui.gate.ask')}
          </Button>
        )}
      </div>
      <span className="nw tnum r">{number(gate.value)}</span>
    </li>
  );
}

/** Checks of the chosen lane before money may be charged; a red one blocks, an exception needs two people. */
export function GatesCard(props: {
  period: string;
  lane: Lane;
  onAct: (lane: Lane, act: LaneAct) => void;
  allowed: (act: LaneAct) => boolean;
}): ReactNode {
  const { lane, period } = props;
  const text = useText();
  const message = useMessage();
  const can = useCan();
  const [asked, setAsked] = useState<Gate>();
  const main = (['resume', 'propose', 'start'] as const).find((name) => lane.may.includes(name) && props.allowed(name));
  return (
    <Card
      padded
      title={text('billing.ui.gate.title')}
      sub={shortCompany(lane.provider.name)}
      right={
        main && (
          <Button
            kind="primary"
            size="small"
            icon={main === 'propose' ? 'users' : 'resume'}
            onClick={() => props.onAct(lane, main)}
          >
            {text(`billing.ui.close.act-${main}`)}
          </Button>
        )
      }
    >
      {lane.paused && (
        <div className="mb-1.5">
          <Banner kind="warn" icon="paused">
            <b>{text('billing.ui.close.paused', { provider: shortCompany(lane.provider.name) })}</b>{' '}
            <Person login={lane.paused.by} />: {lane.paused.reason}
          </Banner>
        </div>
      )}
      {lane.message && !lane.paused && <p className="t2 mb-1">{message(lane.message)}</p>}
      {lane.gates.length === 0 ? (
        <p className="t2">{text('billing.ui.gate.none')}</p>
      ) : (
        <ul className="chk">
          {lane.gates.map((gate) => (
            <GateLine key={gate.id} gate={gate} may={can('billing.close.except')} onAsk={() => setAsked(gate)} />
          ))}
        </ul>
      )}
      {lane.failed + lane.skipped > 0 && (
        <p className="mt-2">
          <ExceptionsLink period={period} lane={lane} />
        </p>
      )}
      {lane.digest && (
        <p className="mono mt-2 truncate" title={lane.digest}>
          {text('billing.ui.close.digest')} {lane.digest.slice(0, 24)}
        </p>
      )}
      {asked && (
        <ExceptionDialog
          path={`billing/close/${period}/lanes/${lane.provider.code}`}
          gate={asked}
          whose={lane.provider.name}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Card>
  );
}
