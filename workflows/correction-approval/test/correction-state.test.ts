import { describe, expect, it } from '@jest/globals';
import { CorrectionState } from '../src/correction-state.ts';

const situation = { step: 'wait', paused: false, waitMs: 1_000 } as const;

describe('what the process of a proposal may do', () => {
  it('looks first, then only when it is rung', () => {
    const state = new CorrectionState();
    expect(state.mayLook).toBe(true);
    state.beginLook();
    expect(state.see(situation)).toBe('wait');
    expect(state.mayLook).toBe(false);
    state.beginLook();
    state.ring(); // while the database answers
    state.see(situation);
    expect(state.mayLook).toBe(true);
  });
  it('a pause holds the terms until it is resumed, a stop goes through', () => {
    const state = new CorrectionState();
    state.see(situation);
    expect([state.mayPause(), state.mayResume()]).toEqual([null, 'registry.proposal.process-not-paused']);
    state.pause();
    state.ring();
    expect([state.mayLook, state.mayPause(), state.mayRetry()]).toEqual([
      false,
      'registry.proposal.process-paused',
      'registry.proposal.process-paused',
    ]);
    expect(state.mayResume()).toBeNull();
    state.resume();
    expect([state.mayLook, state.mayRetry()]).toEqual([true, null]);
    state.pause();
    state.stop();
    expect([state.mayLook, state.stopping]).toEqual([true, true]);
  });
  it('a pause that the database knows is a pause', () => {
    const state = new CorrectionState();
    state.see({ ...situation, paused: true });
    state.ring();
    expect(state.mayLook).toBe(false);
  });
  it('nothing is ordered of an ended process', () => {
    const state = new CorrectionState();
    state.see({ ...situation, step: 'end' });
    expect([state.mayPause(), state.mayStop()]).toEqual(['registry.proposal.process-ended', 'registry.proposal.process-ended']);
  });
});
