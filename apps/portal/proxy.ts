import { NextResponse, type NextRequest } from 'next/server';

const originOf = (address: string | undefined): string => (address ? new URL(address).origin : '');

/** Scripts only with the nonce of this answer; the sign-in service is the only stranger that is spoken to. */
function policyOf(nonce: string): string {
  const signIn = originOf(process.env['KEYCLOAK_URL']);
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : '';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${signIn}`,
    `frame-src 'self' ${signIn}`,
    `form-action 'self' ${signIn}`,
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** Gives each page its own nonce and the security headers. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const policy = policyOf(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('referrer-policy', 'same-origin');
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('x-frame-options', 'SAMEORIGIN');
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  response.headers.set('cross-origin-opener-policy', 'same-origin-allow-popups');
  return response;
}

export const config = {
  matcher: ['/((?!api/|_next/|config\\.json|silent-check-sso|favicon|icon).*)'],
};
