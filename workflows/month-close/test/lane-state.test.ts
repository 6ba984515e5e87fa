import type { ClosePhase } from '@komplat/billing/contract/close-workflows';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LaneState } from '../src/lane-state.ts';

const at = (phase: ClosePhase, paused = false): LaneState => {
  const state = new LaneState();
  state.open({ phase, paused });
  return state;
};

describe('lane state', () => {
  it('does nothing before it knows where the database stands', () => {
    expect(new LaneState().runnable).toBe(false);
    expect(at('feed').runnable).toBe(true);
    expect(at('accrual', true).runnable).toBe(false);
  });

  it('keeps a pause that came before the database was read', () => {
    const state = new LaneState();
    state.pause();
    state.open({ phase: 'accrual', paused: false });
    expect(state.runnable).toBe(false);
  });

  it('refuses commands that the phase forbids, each with its own code', () => {
    expect(at('locked').mayPause()).toBe('billing.close.lane-locked');
    expect(at('accrual', true).mayPause()).toBe('billing.close.lane-paused');
    expect(at('accrual').mayResume()).toBe('billing.close.lane-not-paused');
    expect(at('settlement').mayStop()).toBe('billing.close.lane-released');
    expect(at('settlement').mayRetry()).toBe('billing.close.lane-released');
    expect(at('release').mayRetry()).toBeNull();
    expect(at('accrual', true).mayRetry()).toBe('billing.close.lane-paused');
  });

  it('hears a stop also while paused', () => {
    const state = at('accrual', true);
    state.stop();
    expect(state.runnable).toBe(true);
    expect(state.mayPause()).toBe('billing.close.lane-stopping');
  });

  it('takes the batches from the other end in every second lane', () => {
    const state = at('accrual');
    state.plan([1, 2, 3], true);
    expect(state.batches).toEqual([3, 2, 1]);
    state.plan([1, 2, 3], false);
    expect(state.batches).toEqual([1, 2, 3]);
  });

  it('goes back to the verification when failed accounts of a verified lane were repeated', () => {
    const state = at('release');
    state.wait();
    state.retry();
    expect(state.mayLook).toBe(true);
    expect(state.takeRepeat()).toBe(true);
    state.repeated();
    expect(state.phase).toBe('verification');
    expect(state.takeRepeat()).toBe(false);
  });

  it('asks the gates again without repeating accounts', () => {
    const state = at('gates');
    state.retry();
    expect(state.takeRepeat()).toBe(false);
  });

  it('looks more and more rarely, and at once after a ring', () => {
    const state = at('release');
    const minutes = Array.from({ length: 9 }, () => state.nextWaitMs() / 60_000);
    expect(minutes).toEqual([5, 10, 20, 40, 80, 160, 320, 360, 360]);
    state.ring();
    expect(state.nextWaitMs()).toBe(5 * 60_000);
  });

  it('whatever comes in whatever order: paused never runs unless it stops', () => {
    const commands = fc.constantFrom<'pause' | 'resume' | 'stop' | 'retry' | 'ring'>('pause', 'resume', 'stop', 'retry', 'ring');
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 30 }), (list) => {
        const state = at('accrual');
        for (const command of list) {
          if (command === 'pause' && !state.mayPause()) state.pause();
          if (command === 'resume' && !state.mayResume()) state.resume();
          if (command === 'stop' && !state.mayStop()) state.stop();
          if (command === 'retry' && !state.mayRetry()) state.retry();
          if (command === 'ring') state.ring();
          expect(state.runnable).toBe(!state.paused || state.stopping);
          if (state.stopping) expect([state.mayPause(), state.mayResume(), state.mayRetry()]).not.toContain(null);
        }
      }),
    );
  });
});
