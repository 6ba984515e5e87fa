import {
  formatCount,
  formatPercent,
  type IconName,
  type LaneStep,
  type Locale,
  type PillKind,
  type Text,
} from '@komplat/ui';
import type { z } from 'zod';
import type { CloseGateView, CloseLaneView, CloseProposed, CloseView } from '../../contract/close.ts';

export type Close = z.infer<typeof CloseView>;
export type Lane = z.infer<typeof CloseLaneView>;
export type Gate = z.infer<typeof CloseGateView>;
export type Proposed = z.infer<typeof CloseProposed>;
export type LaneAct = Lane['may'][number];

/** Steps of a lane as columns; the settlement belongs to the release. */
export const STEPS = ['feed', 'gates', 'accrual', 'verification', 'release', 'locked'] as const;
export type StepName = (typeof STEPS)[number];

const columnOf = (phase: Lane['phase']): number => {
  if (phase === null) return -1;
  return STEPS.indexOf(phase === 'settlement' ? 'release' : phase);
};

const NOW: Readonly<Record<string, LaneStep['state']>> = {
  running: 'now',
  paused: 'paused',
  waiting: 'waiting',
  failed: 'failed',
  stopped: 'failed',
  done: 'done',
};

const gatesGreen = (lane: Lane): string => {
  const passed = lane.gates.filter((gate) => gate.green).length;
  return lane.gates.length > 0 ? `${passed} / ${lane.gates.length}` : '';
};

/** What stands in a cell of a step that is over. */
function doneText(lane: Lane, step: StepName, text: Text): string {
  if (step === 'gates' && lane.gates.length > 0) return gatesGreen(lane);
  if (step === 'accrual') return formatCount(lane.done);
  if (step === 'verification' && lane.verified) return formatCount(lane.verified.checked);
  return text('billing.ui.close.step-done');
}

/** What stands in a cell of the step where the lane is now. */
function nowText(lane: Lane, step: StepName, text: Text, locale: Locale): string {
  if (step === 'gates') return gatesGreen(lane);
  if (step === 'accrual') return formatPercent(lane.done + lane.failed + lane.skipped, lane.planned, locale);
  if (lane.phaseState === 'waiting')
    return text(step === 'release' ? 'billing.ui.close.waits-sign' : 'billing.ui.close.waits');
  return text('billing.ui.close.step-now');
}

/** One cell of a lane. */
export function stepOf(lane: Lane, step: StepName, text: Text, locale: Locale): LaneStep {
  const at = STEPS.indexOf(step);
  const current = lane.state === 'locked' ? STEPS.length : columnOf(lane.phase);
  if (at > current || current < 0) return { state: 'later', text: '' };
  if (step === 'gates' && lane.gates.some((gate) => gate.exception?.state === 'approved')) {
    return { state: 'exception', text: text('billing.ui.close.exception') };
  }
  if (at < current) return { state: step === 'locked' ? 'locked' : 'done', text: doneText(lane, step, text) };
  const state = NOW[lane.phaseState ?? 'running'] ?? 'now';
  const red = step === 'gates' && lane.gates.some((gate) => !gate.green && gate.exception?.state !== 'approved');
  return { state: red ? 'failed' : state, text: nowText(lane, step, text, locale) };
}

/** State of a lane in one word. */
export function lanePill(lane: Lane): { kind: PillKind; icon: IconName; key: string } {
  if (lane.state === 'locked') return { kind: 'idle', icon: 'lock', key: 'locked' };
  if (lane.phase === null) return { kind: 'idle', icon: 'not-started', key: 'not-started' };
  if (lane.phaseState === 'paused') return { kind: 'warn', icon: 'paused', key: 'paused' };
  if (lane.phaseState === 'failed') return { kind: 'bad', icon: 'failed', key: 'failed' };
  if (lane.phaseState === 'stopped') return { kind: 'idle', icon: 'close', key: 'stopped' };
  if (lane.phaseState === 'waiting') {
    if (lane.phase === 'gates') return { kind: 'bad', icon: 'failed', key: 'gate-red' };
    if (lane.phase === 'feed') return { kind: 'idle', icon: 'clock', key: 'waits-data' };
    return lane.proposedBy
      ? { kind: 'appr', icon: 'users', key: 'waits-sign' }
      : { kind: 'appr', icon: 'users', key: 'waits-propose' };
  }
  return { kind: 'info', icon: 'running', key: `phase-${lane.phase}` };
}

/** Nothing is planned yet: the charge is awaited, it is not zero. */
export const isBefore = (lane: Lane): boolean => lane.planned === 0 && lane.state !== 'locked';
