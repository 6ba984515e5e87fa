import { describe, expect, it } from '@jest/globals';
import { ImportState } from '../src/import-state.ts';

describe('state of the process of a file', () => {
  it('waits for a person when the database says so, and looks again when rung', () => {
    const state = new ImportState();
    expect(state.mayLook).toBe(true);
    state.beginLook();
    expect(state.see({ step: 'wait', paused: false })).toBe('wait');
    expect(state.mayLook).toBe(false);
    state.ring();
    expect(state.mayLook).toBe(true);
  });

  it('does nothing while paused, whatever rings', () => {
    const state = new ImportState();
    state.see({ step: 'post', paused: false });
    expect(state.mayPause()).toBeNull();
    state.pause();
    state.ring();
    expect([state.mayLook, state.mayPause(), state.mayRetry()]).toEqual([
      false,
      'payments.import.process-paused',
      'payments.import.process-paused',
    ]);
    expect(state.mayResume()).toBeNull();
    state.resume();
    expect([state.mayLook, state.mayResume()]).toEqual([true, 'payments.import.process-not-paused']);
  });

  it('keeps a pause that stands in the database', () => {
    const state = new ImportState();
    state.see({ step: 'post', paused: true });
    expect(state.mayLook).toBe(false);
  });

  it('is stopped before the posting only', () => {
    const state = new ImportState();
    expect(state.mayStop()).toBeNull();
    state.see({ step: 'post', paused: false });
    expect(state.mayStop()).toBe('payments.import.process-posting');
    state.see({ step: 'wait', paused: false });
    state.stop();
    expect([state.mayLook, state.stopping]).toEqual([true, true]);
  });
});
