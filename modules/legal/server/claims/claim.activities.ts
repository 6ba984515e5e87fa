import { activity, beating } from '@komplat/temporal/server';
import { Inject, Injectable } from '@nestjs/common';
import type { ClaimActivities, ClaimSituation } from '../../contract/claim-workflows.ts';
import { ClaimCourse } from './claim-course.ts';

const HEARTBEAT_MS = 2_000;

/** Steps of the process of a run; each looks at the database first, so it may run twice. */
@Injectable()
export class ClaimActivitiesImpl implements ClaimActivities {
  constructor(@Inject(ClaimCourse) private readonly course: ClaimCourse) {}

  claimSituation(runId: string): Promise<ClaimSituation> {
    return guarded(() => this.course.situation(runId));
  }
  planClaims(runId: string): Promise<void> {
    return guarded(() => this.course.work(runId, 'plan'));
  }
  refreshClaims(runId: string): Promise<void> {
    return guarded(() => this.course.work(runId, 'refresh'));
  }
  checkClaims(runId: string): Promise<void> {
    return guarded(() => this.course.work(runId, 'check'));
  }
  freezeClaims(runId: string): Promise<void> {
    return guarded(() => this.course.work(runId, 'freeze'));
  }
  packClaims(runId: string): Promise<void> {
    return guarded(() => this.course.work(runId, 'pack'));
  }
  signClaims(runId: string): Promise<void> {
    return guarded(() => this.course.work(runId, 'sign'));
  }
  recordClaimCommand(record: Parameters<ClaimActivities['recordClaimCommand']>[0]): Promise<void> {
    return guarded(() => this.course.command(record));
  }
  markClaimFailed(runId: string, code: string): Promise<void> {
    return guarded(() => this.course.failed(runId, code));
  }
}

/** A long step says that it lives; a refusal ends it for good. */
const guarded = <R>(work: () => Promise<R>): Promise<R> => beating(HEARTBEAT_MS, () => activity(work));
