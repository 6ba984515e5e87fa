import { zInstant } from '@komplat/kernel';
import { z } from 'zod';

export const TEMPLATE_CODES = ['order', 'claim'] as const;
const zCode = z.enum(TEMPLATE_CODES);
const zReason = z.string().trim().min(5).max(500);

/** A version of the text of a pack; it is never changed, a better one is another version. */
export const TemplateVersion = z
  .object({
    code: zCode,
    version: z.number().int(),
    state: z.enum(['draft', 'waiting', 'approved', 'rejected']),
    inForce: z.boolean().describe('packs are drawn from it now'),
    sha256: z.string(),
    mark: z.string().describe('empty, or what a lawyer still has to decide'),
    reason: z.string(),
    createdBy: z.string(),
    createdAt: zInstant,
    decidedBy: z.string().nullable(),
  })
  .meta({ id: 'legal.TemplateVersion' });
export type TemplateVersion = z.infer<typeof TemplateVersion>;
export const TemplateVersions = z
  .object({
    items: z.array(TemplateVersion),
    fields: z.array(z.object({ name: z.string(), kind: z.enum(['text', 'flag', 'rows']), of: z.array(z.string()) })).describe('names that a template may use'),
  })
  .meta({ id: 'legal.TemplateVersions' });
export type TemplateVersions = z.infer<typeof TemplateVersions>;
export const TemplateText = TemplateVersion.extend({ body: z.string() }).meta({ id: 'legal.TemplateText' });
export type TemplateText = z.infer<typeof TemplateText>;

const zBody = z.string().min(1).max(100_000);
export const NewTemplate = z.strictObject({ body: zBody, mark: z.string().max(200).default(''), reason: zReason });
export type NewTemplate = z.infer<typeof NewTemplate>;
export const TemplatePreview = z.object({ account: z.string().regex(/^\d{10}$/) });
export type TemplatePreview = z.infer<typeof TemplatePreview>;
export const TemplateParams = z.object({ code: zCode });
export type TemplateParams = z.infer<typeof TemplateParams>;
export const TemplateVersionParams = TemplateParams.extend({ version: z.coerce.number().int().min(1) });
export type TemplateVersionParams = z.infer<typeof TemplateVersionParams>;
export const TemplateReason = z.strictObject({ reason: zReason });
export type TemplateReason = z.infer<typeof TemplateReason>;
export const TemplateAsked = z.object({ approvalId: z.uuid() }).meta({ id: 'legal.TemplateAsked' });
export type TemplateAsked = z.infer<typeof TemplateAsked>;
