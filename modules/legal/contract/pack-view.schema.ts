import { listOf, zDay, zInstant, zListAsk, zMoney } from '@komplat/kernel';
import { z } from 'zod';
import { PACK_PARTS, PackManifest } from './pack.schema.ts';

const zState = z.enum(['issued', 'signed', 'withdrawn']);

export const PackRow = z
  .object({
    id: z.uuid(),
    number: z.string(),
    kind: z.enum(['order', 'claim']),
    account: z.string(),
    creditor: z.string().describe('code'),
    creditorName: z.string(),
    total: zMoney,
    preparedOn: zDay,
    state: zState,
    issuedAt: zInstant,
    issuedBy: z.string(),
  })
  .meta({ id: 'legal.PackRow' });
export type PackRow = z.infer<typeof PackRow>;
export const PackList = listOf(PackRow).meta({ id: 'legal.PackList' });
export type PackList = z.infer<typeof PackList>;
export const PackQuery = zListAsk.extend({
  q: z.string().trim().max(60).optional().describe('number of the pack or of the account'),
  kind: z.enum(['order', 'claim']).optional(),
  state: zState.optional(),
});
export type PackQuery = z.infer<typeof PackQuery>;

export const PackEvent = z
  .object({
    kind: z.enum(['issued', 'signed', 'rebuilt', 'withdrawn']),
    at: zInstant,
    by: z.string(),
    reason: z.string().nullable(),
    differences: z.number().int().nullable(),
  })
  .meta({ id: 'legal.PackEvent' });
export type PackEvent = z.infer<typeof PackEvent>;
export const PackDetail = PackRow.extend({ manifest: PackManifest, events: z.array(PackEvent) }).meta({ id: 'legal.PackDetail' });
export type PackDetail = z.infer<typeof PackDetail>;

/** One thing that a rebuilt pack has otherwise than the issued one. */
export const PackDifference = z
  .object({
    what: z.enum(['stored', 'data', 'template', 'fonts', 'renderer', 'files', 'pages', 'text', 'image', 'bytes']),
    file: z.string().nullable(),
    page: z.number().int().nullable(),
    was: z.string(),
    now: z.string(),
  })
  .meta({ id: 'legal.PackDifference' });
export type PackDifference = z.infer<typeof PackDifference>;
export const PackRebuilt = z
  .object({
    equal: z.boolean(),
    files: z.number().int(),
    pages: z.number().int(),
    differences: z.array(PackDifference),
  })
  .meta({ id: 'legal.PackRebuilt' });
export type PackRebuilt = z.infer<typeof PackRebuilt>;

export const PackParams = z.object({ id: z.uuid() });
export type PackParams = z.infer<typeof PackParams>;
export const PackFileParams = PackParams.extend({ file: z.string().regex(/^[a-z]+\.(?:pdf|docx)(?:\.p7s)?$/) });
export type PackFileParams = z.infer<typeof PackFileParams>;
export const PackPartParams = PackParams.extend({ part: z.enum(PACK_PARTS) });
export type PackPartParams = z.infer<typeof PackPartParams>;
export const PackReason = z.strictObject({ reason: z.string().trim().min(5).max(500) });
export type PackReason = z.infer<typeof PackReason>;

/** Key of a signer with its certificate; the password is used once and not kept. */
export const NewSigningKey = z.strictObject({
  creditor: z.string().min(1).max(20),
  certificate: z.base64().max(20_000).describe('DER'),
  key: z.base64().max(60_000).describe('DER, or a container that the password opens'),
  password: z.string().max(200).optional(),
  reason: z.string().trim().min(5).max(500),
});
export type NewSigningKey = z.infer<typeof NewSigningKey>;
export const SigningKey = z
  .object({ id: z.uuid(), creditor: z.string(), subject: z.string(), serial: z.string(), validFrom: zDay, validTo: zDay, addedBy: z.string(), ended: z.boolean() })
  .meta({ id: 'legal.SigningKey' });
export type SigningKey = z.infer<typeof SigningKey>;
export const SigningKeys = z.object({ items: z.array(SigningKey) }).meta({ id: 'legal.SigningKeys' });
export type SigningKeys = z.infer<typeof SigningKeys>;
