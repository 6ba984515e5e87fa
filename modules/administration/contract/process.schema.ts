import { listOf, zFileAsk, zInstant, zListAsk, zMessage } from '@komplat/kernel';
import { z } from 'zod';

export const ProcessState = z.enum(['running', 'paused', 'waiting', 'failed', 'done', 'stopped']);
export const ProcessCommand = z.enum(['pause', 'resume', 'retry', 'stop']);
export type ProcessCommand = z.infer<typeof ProcessCommand>;

export const ProcessItem = z
  .object({
    id: z.string(),
    type: z.string(),
    module: z.string(),
    subject: z.string(),
    /** Whose lane it is. */
    providerName: z.string().nullable(),
    phase: z.string(),
    phaseNo: z.number().int(),
    phases: z.number().int(),
    state: ProcessState,
    message: zMessage.nullable(),
    startedBy: z.string(),
    startedAt: zInstant,
    updatedAt: zInstant,
    finishedAt: zInstant.nullable(),
    pause: z.object({ reason: z.string(), by: z.string(), until: zInstant.nullable() }).nullable(),
    may: z.array(ProcessCommand),
  })
  .meta({ id: 'ProcessItem' });
export type ProcessItem = z.infer<typeof ProcessItem>;
export const ProcessList = listOf(ProcessItem)
  .extend({
    counts: z.record(z.string(), z.number().int()),
    /** Why nothing moves although it should. */
    notice: zMessage.nullable(),
  })
  .meta({ id: 'ProcessList' });
export type ProcessList = z.infer<typeof ProcessList>;
export const ProcessView = ProcessItem.extend({
  events: z.array(z.object({ at: zInstant, message: zMessage, actor: z.string().nullable(), reason: z.string().nullable() })),
  children: z.array(ProcessItem),
}).meta({ id: 'ProcessView' });
export type ProcessView = z.infer<typeof ProcessView>;

const filter = {
  state: ProcessState.optional(),
  type: z.string().max(60).optional(),
  q: z.string().trim().max(100).optional(),
};
export const ProcessQuery = zListAsk.extend(filter);
export type ProcessQuery = z.infer<typeof ProcessQuery>;
export const ProcessFileQuery = zFileAsk.extend(filter);
export type ProcessFileQuery = z.infer<typeof ProcessFileQuery>;
export const ProcessParams = z.object({ id: z.string().max(200) });
export type ProcessParams = z.infer<typeof ProcessParams>;
export const ProcessCommandParams = ProcessParams.extend({ command: ProcessCommand });
export type ProcessCommandParams = z.infer<typeof ProcessCommandParams>;
/** A reason that a colleague will read. */
export const ProcessReason = z.strictObject({ reason: z.string().trim().min(10).max(500) });
export type ProcessReason = z.infer<typeof ProcessReason>;
