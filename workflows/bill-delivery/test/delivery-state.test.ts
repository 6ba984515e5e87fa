import { describe, expect, it } from '@jest/globals';
import { DeliveryState } from '../src/delivery-state.ts';

const printing = { jobs: [1, 2], ended: false, paused: false };

describe('state of a mass run', () => {
  it('gives the jobs of the database, none while paused', () => {
    const state = new DeliveryState();
    expect(state.see(printing)).toEqual([1, 2]);
    state.pause();
    expect([state.see(printing), state.mayLook, state.mayPause(), state.mayResume()]).toEqual([[], false, 'bills.process-paused', null]);
    state.resume();
    expect([state.see(printing), state.mayLook, state.mayResume()]).toEqual([[1, 2], true, 'bills.process-not-paused']);
  });
  it('takes a pause that stands in the database', () => {
    const state = new DeliveryState();
    expect(state.see({ ...printing, paused: true })).toEqual([]);
    expect([state.paused, state.mayRetry()]).toEqual([true, 'bills.process-paused']);
  });
  it('is over when the database says so, or when a person stops it', () => {
    const ended = new DeliveryState();
    ended.see({ jobs: [], ended: true, paused: false });
    expect([ended.isOver, ended.mayStop(), ended.mayPause()]).toEqual([true, 'bills.process-ended', 'bills.process-ended']);
    ended.ring();
    expect(ended.isOver).toBe(false);
    const stopped = new DeliveryState();
    stopped.pause();
    stopped.stop();
    expect([stopped.isOver, stopped.mayLook, stopped.see(printing)]).toEqual([true, true, []]);
  });
  it('waits after a failure until it is rung, and starts a new history after 200 turns', () => {
    const state = new DeliveryState();
    state.hold();
    expect(state.mayLook).toBe(false);
    state.ring();
    expect(state.mayLook).toBe(true);
    for (let turn = 0; turn < 200; turn += 1) state.see(printing);
    expect(state.isLong).toBe(true);
  });
});
