import { z } from 'zod';

export const SearchQuery = z.object({
  q: z.string().trim().min(1).max(100),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

export const SearchAnswer = z
  .object({
    understood: z.array(z.object({ token: z.string(), as: z.enum(['number', 'phone', 'word']) })),
    groups: z.array(
      z.object({
        source: z.string(),
        title: z.string(),
        hits: z.array(z.object({ href: z.string(), title: z.string(), detail: z.string().optional(), score: z.number() })),
      }),
    ),
    tookMs: z.number(),
  })
  .meta({ id: 'SearchAnswer' });
export type SearchAnswer = z.infer<typeof SearchAnswer>;
