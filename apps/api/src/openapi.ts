import 'reflect-metadata';
import { compose } from '@komplat/plugin-api';
import { readCatalogue } from '@komplat/all/messages';
import { plugins } from '@komplat/all/server';
import { createApi, listRoutes, openApi, PlatformEnv, readEnv, rulesOf } from '@komplat/server';

const composition = compose(plugins);
const app = await createApi({
  env: readEnv(PlatformEnv, process.env),
  composition,
  catalogue: readCatalogue(composition.order.map(({ id }) => id)),
  tokenRules: rulesOf('http://127.0.0.1:1', 'none'),
});
process.stdout.write(`${JSON.stringify(openApi(listRoutes(app)), null, 1)}\n`, () => process.exit(0));
