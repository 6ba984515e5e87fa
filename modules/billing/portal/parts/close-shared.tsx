'use client';
import { AppLink, Button, Card, formatCount, Icon, useCan, useMessage, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { Gate, Lane } from './close-words.ts';
import { ExceptionDialog } from './gate-exception.tsx';

/** A gate that measures the whole Centre: the same number stands in every lane, so it is one thing to mend. */
export interface SharedGate {
  readonly gate: Gate;
  readonly lanes: number;
  /** Lanes for which nobody has asked yet. */
  readonly unasked: number;
}

/** Where the cause of a gate is mended. */
const PLACES: Readonly<Record<string, string>> = {
  'payments.suspense-age': '/payments/suspense?overdue=yes',
  'payments.unposted-registers': '/payments/imports?state=staged',
};

const isRed = (gate: Gate): boolean => !gate.green && gate.exception?.state !== 'approved';

/** Red gates with one number in several lanes, each counted once. */
export function sharedGates(lanes: readonly Lane[]): readonly SharedGate[] {
  const red = lanes.flatMap((lane) => lane.gates.filter(isRed));
  const ids = [...new Set(red.map((gate) => gate.id))];
  return ids.flatMap((id) => {
    const same = red.filter((gate) => gate.id === id);
    const [gate] = same;
    if (!gate || same.length < 2 || same.some((other) => other.value !== gate.value)) return [];
    return [{ gate, lanes: same.length, unasked: same.filter((other) => !other.exception).length }];
  });
}

/** What holds all lanes at once, said one time above them. */
export function SharedGates({ period, lanes }: { period: string; lanes: readonly Lane[] }): ReactNode {
  const text = useText();
  const message = useMessage();
  const can = useCan();
  const [asked, setAsked] = useState<SharedGate>();
  const shared = sharedGates(lanes);
  if (shared.length === 0) return null;
  return (
    <Card className="mb-3.5">
      <ul className="shared" aria-label={text('billing.ui.gate.shared')}>
        {shared.map((one) => {
          const { gate, lanes: count, unasked } = one;
          const place = PLACES[gate.id];
          return (
            <li key={gate.id} className="row">
              <Icon name="failed" className="bad" />
              <b>{message(gate.title)}</b>
              <span className="tnum">{formatCount(gate.value)}</span>
              <span className="t2">{text('billing.ui.gate.holds', { count })}</span>
              <span className="row ml-auto">
                {unasked > 0 && can('billing.close.except') && (
                  <Button size="small" kind="quiet" onClick={() => setAsked(one)}>
                    {text('billing.ui.gate.ask-all', { count: unasked })}
                  </Button>
                )}
                {place && <AppLink href={place}>{text('billing.ui.gate.mend')}</AppLink>}
              </span>
            </li>
          );
        })}
      </ul>
      {asked && (
        <ExceptionDialog
          path={`billing/close/${period}`}
          gate={asked.gate}
          whose={text('billing.ui.gate.providers', { count: asked.unasked })}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Card>
  );
}
