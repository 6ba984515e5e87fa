export { testApi, testPlatformEnv, type Answer, type Caller, type TestApi, type TestApiOptions } from './test-api.ts';
export { testDatabase, withDatabase, type TestDatabase } from './test-database.ts';
export { testEnv } from './test-env.ts';
export { tokenIssuer, type TokenIssuer } from './token-issuer.ts';
export { waitUntil } from './wait-until.ts';
export { TcpProxy, type ProxyMode } from './tcp-proxy.ts';
