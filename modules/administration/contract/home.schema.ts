import { zDay, zInstant, zMessage } from '@komplat/kernel';
import { z } from 'zod';

const QueueItem = z.object({
  title: zMessage,
  detail: z.string().nullable(),
  href: z.string(),
  at: zInstant.nullable(),
  due: zDay.nullable(),
});
/** What waits for the person, most urgent first; every count is a query. */
export const Home = z
  .object({
    queues: z.array(
      z.object({ key: z.string(), title: zMessage, count: z.number().int(), href: z.string(), urgent: z.boolean(), items: z.array(QueueItem) }),
    ),
    lanes: z.array(z.object({ period: z.string(), state: z.string(), count: z.number().int() })),
  })
  .meta({ id: 'Home' });
export type Home = z.infer<typeof Home>;
