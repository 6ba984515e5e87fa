import { defineEvent } from '@komplat/kernel';
import { z } from 'zod';

const CaseRef = z.object({ caseId: z.uuid(), startedBy: z.string() });
/** A case was opened, or an act changed it: its process is started or rung. */
export const caseOpened = defineEvent('legal.case-opened', 1, CaseRef);
export const caseChanged = defineEvent('legal.case-changed', 1, CaseRef);
