import 'reflect-metadata';
import { compose } from '@komplat/plugin-api';
import { readCatalogue } from '@komplat/all/messages';
import { plugins } from '@komplat/all/server';
import { ApiEnv, checkRoutePermissions, createApi, listRoutes, LOGGER, type Logger, PlatformEnv, readEnv, rulesOf } from '@komplat/server';

const env = readEnv(PlatformEnv.extend(ApiEnv.shape), process.env);
const composition = compose(plugins);
const catalogue = readCatalogue(composition.order.map((plugin) => plugin.id));
const app = await createApi({ env, composition, catalogue, tokenRules: rulesOf(env.KEYCLOAK_URL, env.KEYCLOAK_REALM) });
checkRoutePermissions(listRoutes(app), composition);
await app.listen(env.API_PORT, '127.0.0.1');
app.get<Logger>(LOGGER).info({ port: env.API_PORT }, 'api is ready');
