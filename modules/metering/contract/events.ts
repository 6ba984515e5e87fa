import { defineEvent } from '@komplat/kernel';
import { z } from 'zod';

/** An act of quality or non-delivery was agreed to: everyone concerned is charged less for its days. */
export const qualityActApproved = defineEvent(
  'metering.quality-act-approved',
  1,
  z.object({ id: z.uuid(), act: z.string(), actDate: z.string(), service: z.string(), from: z.string(), to: z.string(), accounts: z.array(z.string()) }),
);
