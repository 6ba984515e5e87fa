import { describe, expect, it } from '@jest/globals';
import { ClaimState } from '../src/claim-state.ts';

describe('state of a run of claims', () => {
  it('looks at first, not while it waits, again when rung', () => {
    const state = new ClaimState();
    expect(state.mayLook).toBe(true);
    state.beginLook();
    state.see({ step: 'wait', paused: false });
    expect(state.mayLook).toBe(false);
    state.ring();
    expect(state.mayLook).toBe(true);
  });
  it('a pause that stands in the database holds after a restart, a stop does not wait for it', () => {
    const state = new ClaimState();
    state.see({ step: 'pack', paused: true });
    expect([state.mayLook, state.mayPause(), state.mayRetry()]).toEqual([false, 'legal.claim.process-paused', 'legal.claim.process-paused']);
    state.stop();
    expect([state.mayLook, state.stopping, state.paused]).toEqual([true, true, false]);
  });
  it('what has ended takes no commands', () => {
    const state = new ClaimState();
    state.see({ step: 'end', paused: false });
    expect([state.mayPause(), state.mayStop(), state.mayResume()]).toEqual([
      'legal.claim.process-ended', 'legal.claim.process-ended', 'legal.claim.process-not-paused',
    ]);
  });
  it('a failed step waits for a person', () => {
    const state = new ClaimState();
    state.hold();
    expect(state.mayLook).toBe(false);
    state.retry();
    expect(state.mayLook).toBe(true);
  });
});
