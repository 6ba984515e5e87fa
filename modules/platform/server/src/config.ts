import { z } from 'zod';

const url = z.string().min(1);
const key = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === 32, { error: 'must be 32 bytes in base64' });

/** Environment that every server process reads, checked once at boot. */
export const PlatformEnv = z.object({
  KOMPLAT_PROFILE: z.enum(['training', 'production']),
  DATABASE_URL: url,
  DATABASE_CLOSE_URL: url,
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(16),
  FILES_DIR: z.string().min(1),
  KOMPLAT_MASTER_KEY: key,
  KOMPLAT_MASTER_KEY_ID: z.string().default('2026a'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
export type PlatformEnv = z.infer<typeof PlatformEnv>;

export const ApiEnv = z.object({
  API_PORT: z.coerce.number().int(),
  KEYCLOAK_URL: url,
  KEYCLOAK_REALM: z.string().min(1),
});
export type ApiEnv = z.infer<typeof ApiEnv>;

/** Stops the process with one sentence that names every variable that is wrong. */
export function readEnv<T extends z.ZodType>(schema: T, env: Readonly<Record<string, string | undefined>>): z.output<T> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new Error(`The environment is not complete: ${wrong}. Start through "npm start" or set these variables.`);
}
