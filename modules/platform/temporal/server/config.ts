import { z } from 'zod';

/** What a process must know to speak with Temporal. */
export const temporalConfig = z.object({
  TEMPORAL_ADDRESS: z.string().min(1),
  TEMPORAL_NAMESPACE: z.string().min(1),
  TEMPORAL_CODEC_KEYS: z.string().min(1),
});

export interface TemporalConfig {
  readonly address: string;
  readonly namespace: string;
  readonly codecKeys: string;
}

export function readTemporalConfig(env: Readonly<Record<string, string | undefined>>): TemporalConfig {
  const value = temporalConfig.parse(env);
  return {
    address: value.TEMPORAL_ADDRESS,
    namespace: value.TEMPORAL_NAMESPACE,
    codecKeys: value.TEMPORAL_CODEC_KEYS,
  };
}
