import { afterAll, beforeAll, beforeEach, jest } from '@jest/globals';
import { openBrowser, prepareSignIn } from './driver.ts';
import { startSite } from './running-site.ts';
import { openScene, scene } from './scene.ts';
// one site for all walks, in this order; each file is about one thing
import './sign-in.walk.ts';
import './pages.walk.ts';
import './card.walk.ts';
import './tables.walk.ts';
import './standstill.walk.ts';
import './clerk.walk.ts'; // before a lane is closed in the work walk: absences lower what is charged to all providers
import './work.walk.ts';
import './keyboard.walk.ts';
import './routes.walk.ts';

jest.setTimeout(180_000);

const START_MS = 600_000;

beforeAll(async () => {
  const site = await startSite();
  const browser = await openBrowser(site.env);
  const [first] = await site.database.owner.query<{ number: string }>(
    `select a.number from registry.account a join billing.accrual c on c.account_id = a.id group by a.number order by count(*) desc limit 1`,
  );
  openScene({ site, browser, account: first?.number ?? '' });
}, START_MS);
beforeEach(() => prepareSignIn(scene().site.env));
afterAll(async () => {
  await scene().browser.close();
  await scene().site.stop();
}, START_MS);
