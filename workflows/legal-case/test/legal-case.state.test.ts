import { describe, expect, it } from '@jest/globals';
import { readCarry } from '../src/carry.ts';
import { LegalCaseState } from '../src/legal-case.state.ts';

const CASE = '01a20911-fd2b-750c-9d97-3bfd05c386b9';
const carried = { v: 2, caseId: CASE, startedBy: 'lawyer', stage: 'hearing', runs: 3 } as const;
const situation = { step: 'wait', stage: 'hearing', paused: false, waitMs: 1_000 } as const;

describe('what the process of a case knows', () => {
  it('a record of the first version is read as one of today; what is no record is refused', () => {
    expect(readCarry({ v: 1, caseId: CASE, startedBy: 'lawyer' })).toEqual({ v: 2, caseId: CASE, startedBy: 'lawyer', stage: null, runs: 0 });
    expect(readCarry(carried)).toEqual(carried);
    expect(() => readCarry({ v: 3, caseId: CASE })).toThrow();
    expect(() => readCarry({ ...carried, stage: 'lost' })).toThrow();
  });
  it('a ring while the database is asked is heard: another look follows', () => {
    const state = new LegalCaseState(carried);
    state.beginLook();
    expect(state.mayLook).toBe(false);
    state.ring();
    state.see(situation);
    expect(state.mayLook).toBe(true);
  });
  it('carries the stage that it told, and counts its runs', () => {
    const state = new LegalCaseState(carried);
    expect(state.hasMoved({ ...situation, stage: 'decision' })).toBe(true);
    expect(state.carry()).toEqual({ ...carried, runs: 4 });
    state.enter('decision');
    expect([state.hasMoved({ ...situation, stage: 'decision' }), state.carry().stage]).toEqual([false, 'decision']);
  });
  it('a pause holds, a stop is never allowed, an ended case takes no pause', () => {
    const state = new LegalCaseState(carried);
    expect([state.mayPause(), state.mayResume(), state.mayStop(), state.mayRetry()]).toEqual([
      null, 'legal.case.process-not-paused', 'legal.case.process-not-stopped', null,
    ]);
    state.see({ ...situation, paused: true });
    state.ring();
    expect([state.mayLook, state.mayPause(), state.mayRetry()]).toEqual([false, 'legal.case.process-paused', 'legal.case.process-paused']);
    state.resume();
    expect(state.mayLook).toBe(true);
    state.see({ ...situation, step: 'end' });
    expect(state.mayPause()).toBe('legal.case.process-ended');
  });
});
