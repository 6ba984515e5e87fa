'use client';
import type { ReactNode } from 'react';
import type { PillKind } from './basics.tsx';
import { formatCount } from './format.ts';
import { Icon, type IconName } from './icons.tsx';
import { AppLink } from './router.tsx';
import { useText } from './text.tsx';

/** How one step of a lane stands. */
export type LaneStepState = 'done' | 'now' | 'paused' | 'failed' | 'exception' | 'waiting' | 'later' | 'locked';

/** One step of a lane: its state and the time, percent or measured value in it. */
export interface LaneStep {
  readonly state: LaneStepState;
  readonly text: string;
}

const LANE_CLASS: Record<LaneStepState, string> = {
  done: 'd',
  now: 'n',
  paused: 'w',
  failed: 'b',
  exception: 'a',
  waiting: 'i',
  later: '',
  locked: 'd',
};
const LANE_ICON: Partial<Record<LaneStepState, IconName>> = {
  done: 'check',
  now: 'running',
  paused: 'paused',
  failed: 'failed',
  exception: 'users',
  waiting: 'clock',
  locked: 'lock',
};

/** One step of a lane as the content of a table cell. */
export function LaneCell({ step, name }: { step: LaneStep; name: string }): ReactNode {
  const text = useText();
  const icon = LANE_ICON[step.state];
  return (
    <span className={LANE_CLASS[step.state] || undefined}>
      {icon && <Icon name={icon} size={13} className={step.state === 'now' ? 'spin' : ''} />}
      {step.text}
      <span className="vh">
        {name}: {text(`ui.lane.${step.state}`)}
      </span>
    </span>
  );
}

/** Parts of a bar in percent by kind; the words beside it carry the meaning. */
export function Bar({ parts }: { parts: readonly { kind: PillKind | 'acc'; share: number }[] }): ReactNode {
  return (
    <div className="bar" aria-hidden="true">
      {parts.map(({ kind, share }) => (
        <i key={kind} className={kind} style={{ width: `${share}%` }} />
      ))}
    </div>
  );
}

/** Outcome of a bulk operation. The four parts add up to the plan. */
export interface Outcome {
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part * 10_000) / whole) / 100);

/** Done, failed, skipped and the rest: a bar and the numbers; a number is a link to its rows when there is a page. */
export function OutcomeBar({ value, failedHref }: { value: Outcome; failedHref?: string | undefined }): ReactNode {
  const text = useText();
  const failed = text('ui.outcome.failed', { count: value.failed });
  const skipped = text('ui.outcome.skipped', { count: value.skipped });
  const failedMark = (
    <>
      <Icon name="failed" size={12} /> {formatCount(value.failed)}
    </>
  );
  return (
    <>
      <Bar
        parts={[
          { kind: 'ok', share: share(value.done, value.planned) },
          { kind: 'bad', share: share(value.failed, value.planned) },
          { kind: 'idle', share: share(value.skipped, value.planned) },
        ]}
      />
      <div className="cnt">
        <span>{text('ui.outcome.of', { done: formatCount(value.done), planned: formatCount(value.planned) })}</span>
        {value.failed > 0 &&
          (failedHref ? (
            <AppLink href={failedHref} className="bad" aria-label={failed} title={failed}>
              {failedMark}
            </AppLink>
          ) : (
            <span className="bad" title={failed}>
              {failedMark}
            </span>
          ))}
        {value.skipped > 0 && (
          <span title={skipped}>
            <Icon name="skipped" size={12} /> {formatCount(value.skipped)}
          </span>
        )}
      </div>
    </>
  );
}

/** One stage of a process. */
export interface Step {
  readonly key: string;
  readonly state: 'done' | 'now' | 'idle' | 'bad';
  readonly title: string;
  readonly note: string;
}

/** Stages of one process with what is known of each. */
export function Steps({ steps, label }: { steps: readonly Step[]; label: string }): ReactNode {
  const text = useText();
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step) => (
        <li key={step.key} className={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <i>{step.state === 'done' && <Icon name="check" size={11} className="block" />}</i>
          <span>
            {step.title}
            <span className="vh">, {text(`ui.step.${step.state}`)}</span>
            <small>{step.note}</small>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** One fact of a history. */
export interface TimelineItem {
  readonly key: string;
  readonly kind: PillKind;
  readonly icon: IconName;
  readonly title: ReactNode;
  readonly time: string;
  readonly detail?: ReactNode;
}

/** Facts, newest first. */
export function Timeline({ items }: { items: readonly TimelineItem[] }): ReactNode {
  return (
    <ol className="tl">
      {items.map((item) => (
        <li key={item.key} className={item.kind}>
          <i>
            <Icon name={item.icon} size={11} className="block" />
          </i>
          <div>
            <p>
              <b>{item.title}</b>
              <time>{item.time}</time>
            </p>
            {item.detail && <span className="x">{item.detail}</span>}
          </div>
        </li>
      ))}
    </ol>
  );
}
