import { zDay } from '@komplat/kernel';
import { z } from 'zod';

export const NORM_RULES = ['within-norm', 'no-norm'] as const;
export const INCOME_RULES = ['tested', 'not-tested'] as const;
export const COVERAGES = ['family', 'holder'] as const;
const zPercent = z.string().regex(/^\d{1,6}(\.\d{1,2})?$/, { error: 'benefits.percent.malformed' });

const rule = {
  name: z.string().trim().min(3).max(300),
  edarpCode: z.string().regex(/^\d{1,3}$/).nullable(),
  percent: zPercent,
  normRule: z.enum(NORM_RULES),
  incomeRule: z.enum(INCOME_RULES),
  coverage: z.enum(COVERAGES),
  /** Codes of services; null = all housing and communal services. */
  services: z.array(z.string().max(20)).min(1).max(30).nullable(),
  law: z.string().trim().min(5).max(400),
  article: z.string().trim().min(1).max(60),
};

/** One version of a category. */
export const CategoryView = z
  .object({
    ...rule,
    code: z.string(),
    decision: z.string(),
    mark: z.string(),
    note: z.string().nullable(),
    from: zDay,
    /** Last day in force; null = open. */
    to: zDay.nullable(),
    holders: z.number().int(),
  })
  .meta({ id: 'BenefitCategory' });
export type CategoryView = z.infer<typeof CategoryView>;
export const CategoryList = z.object({ asOf: zDay, items: z.array(CategoryView) }).meta({ id: 'BenefitCategoryList' });
export type CategoryList = z.infer<typeof CategoryList>;
export const CategoryQuery = z.object({ asOf: zDay.optional(), code: z.string().max(10).optional() });
export type CategoryQuery = z.infer<typeof CategoryQuery>;

/** A new version of a category: asked for by one person, decided by another. */
export const CategoryChange = z
  .strictObject({
    ...rule,
    code: z.string().regex(/^[A-Z][A-Z0-9]{1,9}$/, { error: 'benefits.category.code-malformed' }),
    from: zDay,
    to: zDay.nullable().default(null),
    /** Act that changes it: body, number, date. */
    decision: z.string().trim().min(5).max(400),
    mark: z.enum(['confirmed', 'general knowledge', 'needs a lawyer']),
    reason: z.string().trim().min(10).max(500),
  })
  .meta({ id: 'BenefitCategoryChange' });
export type CategoryChange = z.infer<typeof CategoryChange>;

/** Whom a change touches, before it is asked for. */
export const CategoryTouched = z
  .object({
    holders: z.number().int(),
    accounts: z.number().int(),
    /** Version that ends on the day before. */
    replaces: z.object({ from: zDay, to: zDay.nullable(), percent: zPercent }).nullable(),
    sample: z.array(z.object({ number: z.string(), address: z.string() })),
  })
  .meta({ id: 'BenefitCategoryTouched' });
export type CategoryTouched = z.infer<typeof CategoryTouched>;
export const CategoryAsked = z.object({ approvalId: z.uuid() }).meta({ id: 'BenefitCategoryAsked' });
export type CategoryAsked = z.infer<typeof CategoryAsked>;
