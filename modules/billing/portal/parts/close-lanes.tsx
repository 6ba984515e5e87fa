'use client';
import { DropdownMenu } from 'radix-ui';
import {
  AppLink,
  Icon,
  LaneCell,
  MoneyCell,
  OutcomeBar,
  shortCompany,
  StatusPill,
  useKeys,
  useLocale,
  useText,
  type IconName,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { isBefore, lanePill, stepOf, STEPS, type Lane, type LaneAct } from './close-words.ts';

const ACT_ICON: Record<LaneAct, IconName> = {
  pause: 'paused',
  resume: 'resume',
  'retry-failed': 'retry',
  propose: 'users',
  stop: 'close',
  start: 'play',
};

/** Settings of the board. */
export interface LanesProps {
  readonly period: string;
  readonly lanes: readonly Lane[];
  readonly selected: string | undefined;
  readonly onSelect: (code: string) => void;
  readonly onAct: (lane: Lane, act: LaneAct) => void;
  readonly allowed: (act: LaneAct) => boolean;
}

function LaneMenu({
  lane,
  acts,
  onAct,
}: {
  lane: Lane;
  acts: readonly LaneAct[];
  onAct: LanesProps['onAct'];
}): ReactNode {
  const text = useText();
  if (acts.length === 0) return null;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className="icon sm-i"
          aria-label={text('billing.ui.close.acts', { provider: lane.provider.name })}
          onClick={(event) => event.stopPropagation()}
        >
          <Icon name="more" />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} onClick={(event) => event.stopPropagation()}>
          {acts.map((act) => (
            <DropdownMenu.Item key={act} onSelect={() => onAct(lane, act)}>
              <Icon name={ACT_ICON[act]} />
              {text(`billing.ui.close.act-${act}`)}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function LaneRow({ lane, ...props }: LanesProps & { lane: Lane }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const look = lanePill(lane);
  const acts = lane.may.filter(props.allowed);
  const selected = props.selected === lane.provider.code;
  return (
    <tr
      className="link"
      data-row={lane.provider.code}
      data-current={selected || undefined}
      tabIndex={0}
      onClick={() => props.onSelect(lane.provider.code)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target === event.currentTarget) props.onSelect(lane.provider.code);
      }}
    >
      <th scope="row" title={lane.provider.name}>
        <b className="block max-w-36 truncate font-[550]">{shortCompany(lane.provider.name)}</b>
      </th>
      {STEPS.map((step) => (
        <td key={step} className="lc">
          <LaneCell step={stepOf(lane, step, text, locale)} name={text(`billing.ui.close.step-${step}`)} />
        </td>
      ))}
      <td>
        <OutcomeBar value={lane} failedHref={`/billing/close/${props.period}/${lane.provider.code}?outcome=failed`} />
      </td>
      <td>
        <StatusPill kind={look.kind} icon={look.icon}>
          {text(`billing.ui.lane.${look.key}`)}
        </StatusPill>
      </td>
      <td className="r">
        {isBefore(lane) ? <MoneyCell value={{ missing: 'not-received' }} short /> : <MoneyCell value={lane.charged} />}
      </td>
      <td className="r">
        <LaneMenu lane={lane} acts={acts} onAct={props.onAct} />
      </td>
    </tr>
  );
}

/** Lanes of the close, one provider in a row: a pause of one does not stop the others. */
export function LanesTable(props: LanesProps): ReactNode {
  const text = useText();
  const [at, setAt] = useState(-1);
  const move = (step: number): void => {
    const next = Math.min(props.lanes.length - 1, Math.max(0, at + step));
    setAt(next);
    const lane = props.lanes[next];
    if (lane) props.onSelect(lane.provider.code);
  };
  const chosen = props.lanes.find((lane) => lane.provider.code === props.selected);
  const act = (name: LaneAct): void => {
    if (chosen?.may.includes(name) && props.allowed(name)) props.onAct(chosen, name);
  };
  useKeys({
    J: () => move(1),
    K: () => move(-1),
    P: () => act(chosen?.may.includes('resume') ? 'resume' : 'pause'),
    R: () => act('retry-failed'),
  });
  return (
    <div className="lanes-scroll" tabIndex={0} role="region" aria-label={text('billing.ui.close.lanes')}>
      <table className="tbl lanes">
        <caption>{text('billing.ui.close.lanes')}</caption>
        <thead>
          <tr>
            <th scope="col" style={{ width: 140 }}>
              {text('billing.ui.card.provider')}
            </th>
            {STEPS.map((step) => (
              <th key={step} scope="col" className="lc">
                {text(`billing.ui.close.step-${step}`)}
              </th>
            ))}
            <th scope="col" style={{ width: 190 }}>
              {text('billing.ui.close.outcome')}
            </th>
            <th scope="col">{text('billing.ui.close.state')}</th>
            <th scope="col" className="r">
              {text('billing.ui.close.charged')}
            </th>
            <th scope="col">
              <span className="vh">{text('billing.ui.close.acts-head')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.lanes.map((lane) => (
            <LaneRow key={lane.provider.code} {...props} lane={lane} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Link to the rows that were not charged. */
export const ExceptionsLink = ({ period, lane }: { period: string; lane: Lane }): ReactNode => {
  const text = useText();
  return (
    <AppLink className="sm" href={`/billing/close/${period}/${lane.provider.code}`}>
      {text('billing.ui.close.exceptions', { count: lane.failed + lane.skipped })}
    </AppLink>
  );
};
