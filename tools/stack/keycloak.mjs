// Keycloak of an instance: built once in the cache, run from a small home of its own that holds the data.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { alive, end, launch, readPids } from './procs.mjs';
import { adminToken, renderRealm, syncRealm } from './realm.mjs';
import { resolveJava } from './resolve.mjs';
import {
  answers,
  lastLogLines,
  readJson,
  run,
  say,
  StackError,
  waitFor,
  withProgress,
  writeFileAtomic,
  writeJson,
} from './util.mjs';
import { unzip } from './unzip.mjs';

const infra = join(root, 'infra', 'keycloak');
const themeFonts = join('themes', 'komplat', 'login', 'resources', 'fonts');
/** Half the processor time of a start and 100 MB less; a busy site wants the full compiler instead. */
const quickStart = '-XX:TieredStopAtLevel=1 -XX:-UseG1GC -XX:+UseSerialGC';
const buildOptions = { KC_DB: 'dev-file', KC_CACHE: 'local', KC_HEALTH_ENABLED: 'true' };

const cleanEnv = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('KC_') && !name.startsWith('npm_')),
  );

/** Unpacks and builds Keycloak into a folder of the cache. */
export async function buildKeycloak(home, zip) {
  unzip(zip, home, 1);
  const env = { ...cleanEnv(), ...buildOptions, JAVA: await resolveJava() };
  await withProgress('Keycloak: building for its database: about 20 seconds, once', () =>
    run(join(home, 'bin', 'kc.sh'), ['build'], { env }),
  );
}

/** The home of the instance: programs by link, configuration and theme by copy, data of its own. */
function instanceHome(paths, built) {
  const home = paths.keycloak;
  mkdirSync(join(home, 'data', 'import'), { recursive: true });
  for (const name of ['bin', 'conf', 'lib', 'providers', 'themes', join('data', 'tmp')]) {
    rmSync(join(home, name), { recursive: true, force: true });
  }
  for (const name of ['bin', 'conf', 'providers']) cpSync(join(built, name), join(home, name), { recursive: true });
  symlinkSync(join(built, 'lib'), join(home, 'lib'));
  cpSync(join(infra, 'themes'), join(home, 'themes'), { recursive: true });
  for (const subset of ['cyrillic', 'latin']) {
    const name = `inter-${subset}-wght-normal.woff2`;
    cpSync(join(root, 'node_modules', '@fontsource-variable', 'inter', 'files', name), join(home, themeFonts, name));
  }
  return home;
}

function serverEnvironment(ports, secrets, profile, java) {
  return {
    ...cleanEnv(),
    ...buildOptions,
    KOMPLAT_PROFILE: profile,
    JAVA: java,
    JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx512m',
    ...(profile === 'training' ? { JAVA_OPTS_APPEND: quickStart } : {}),
    KC_HTTP_ENABLED: 'true',
    KC_HTTP_HOST: '127.0.0.1',
    KC_HTTP_PORT: String(ports.keycloak),
    // Fixed issuer: with it `iss` does not follow the Host header of a request.
    KC_HOSTNAME: `http://localhost:${ports.keycloak}`,
    KC_HTTP_MANAGEMENT_HOST: '127.0.0.1',
    KC_HTTP_MANAGEMENT_PORT: String(ports.keycloakManagement),
    KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
    KC_BOOTSTRAP_ADMIN_PASSWORD: secrets.KEYCLOAK_ADMIN_PASSWORD,
    KC_LOG_LEVEL: 'warn,org.keycloak.events:info',
  };
}

/** Starts Keycloak unless it runs, waits until it answers, brings the realm to what its file says. */
export async function startKeycloak({ instance, profile, paths, ports, secrets, programs, environment, owner }) {
  const template = readFileSync(join(infra, 'komplat-realm.json'), 'utf8');
  const realm = renderRealm(
    template,
    { ...environment, KOMPLAT_PORTAL_URL: environment.PORTAL_URL },
    { instance, profile },
  );
  const text = JSON.stringify(realm, null, 1);
  if (!alive(readPids(paths).keycloak)) {
    await end(paths, 'keycloak'); // a JVM whose kc.sh was killed still holds the port and the database
    const home = instanceHome(paths, programs.keycloak);
    writeFileAtomic(join(home, 'data', 'import', 'komplat-realm.json'), text, 0o600);
    const fresh = !existsSync(join(home, 'data', 'h2'));
    say(`Keycloak: starting, ${fresh ? 'about 20 seconds the first time' : 'about 7 seconds'}`);
    if (fresh) writeJson(join(home, 'applied.json'), realm, 0o600);
    launch(paths, 'keycloak', join(home, 'bin', 'kc.sh'), ['start', '--optimized', '--import-realm'], {
      env: serverEnvironment(ports, secrets, profile, programs.java),
      cwd: home,
      owner,
    });
  }
  await waitFor(
    'Keycloak',
    180,
    async () => {
      if (!alive(readPids(paths).keycloak)) {
        throw new StackError(`Keycloak ended while starting:\n${lastLogLines(paths.logOf('keycloak'))}`);
      }
      return answers(`http://127.0.0.1:${ports.keycloakManagement}/health/ready`);
    },
    200,
  );
  const applied = join(paths.keycloak, 'applied.json');
  if (JSON.stringify(readJson(applied, {})) !== JSON.stringify(realm)) {
    say('Keycloak: the realm file or an address changed; bringing the realm up to it');
    const base = `http://127.0.0.1:${ports.keycloak}`;
    await syncRealm(base, await adminToken(base, secrets.KEYCLOAK_ADMIN_PASSWORD), realm);
    writeJson(applied, realm, 0o600);
  }
}

export const stopKeycloak = (paths) => end(paths, 'keycloak', { seconds: 30 });
