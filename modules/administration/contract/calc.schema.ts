import { z } from 'zod';

export const CalcParams = z.object({ name: z.string().max(80) });
export type CalcParams = z.infer<typeof CalcParams>;
export const CalcList = z.object({ calculators: z.array(z.object({ name: z.string(), title: z.string() })) }).meta({ id: 'CalcList' });
export type CalcList = z.infer<typeof CalcList>;
