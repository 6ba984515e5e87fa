import type { PortalConfig } from '@komplat/api-client';

export const dynamic = 'force-dynamic';

/** What the browser must know before the sign-in; read from the environment at run time, nothing secret. */
export function GET(): Response {
  const config: PortalConfig = {
    keycloak: {
      url: process.env['KEYCLOAK_URL'] ?? '',
      realm: process.env['KEYCLOAK_REALM'] ?? 'komplat',
      clientId: 'komplat-portal',
    },
    profile: process.env['KOMPLAT_PROFILE'] ?? 'training',
    city: process.env['KOMPLAT_CITY'] ?? '',
    version: process.env['KOMPLAT_VERSION'] ?? '0.1.0',
  };
  return Response.json(config, { headers: { 'cache-control': 'no-store' } });
}
