// Secrets and environment of an instance. Pure functions first; files at the end.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readJson, StackError, writeFileAtomic, writeJson } from './util.mjs';

/** Password of every demonstration user; refused outside the training profile. */
export const samplePassword = 'komplat-demo';

/** Names under which secrets are read from the environment; what is missing is generated in the training profile. */
const secretMakers = {
  POSTGRES_PASSWORD: () => randomBytes(24).toString('hex'),
  KOMPLAT_OWNER_PASSWORD: () => randomBytes(24).toString('hex'),
  KOMPLAT_APP_PASSWORD: () => randomBytes(24).toString('hex'),
  KOMPLAT_CLOSE_PASSWORD: () => randomBytes(24).toString('hex'),
  KOMPLAT_REPORT_PASSWORD: () => randomBytes(24).toString('hex'),
  TEMPORAL_CODEC_KEYS: () => `2026a:${randomBytes(32).toString('base64')}`,
  KEYCLOAK_ADMIN_PASSWORD: () => randomBytes(18).toString('hex'),
  KOMPLAT_SERVICE_CLIENT_SECRET: () => randomBytes(24).toString('hex'),
  KOMPLAT_BANK_CLIENT_SECRET: () => randomBytes(24).toString('hex'),
  KOMPLAT_MASTER_KEY: () => randomBytes(32).toString('base64'),
  KOMPLAT_DEMO_PASSWORD: () => samplePassword,
};
export const secretNames = Object.keys(secretMakers);

/** Profile of the run: `training` unless the environment says `production`. */
export function profileOf(environment) {
  const profile = environment.KOMPLAT_PROFILE || 'training';
  if (!['training', 'production'].includes(profile)) {
    throw new StackError(`KOMPLAT_PROFILE is "${profile}"; it can be training or production`);
  }
  return profile;
}

/** In production every secret comes from the environment; this names those that do not, or that are samples. */
export function unfitSecrets(environment, generated) {
  return secretNames.filter((name) => {
    if (name === 'KOMPLAT_DEMO_PASSWORD') return environment[name] !== undefined;
    const value = environment[name];
    return !value || value.length < 16 || value === generated[name] || value.includes(samplePassword);
  });
}

/** Secrets of a run. Training: the stored ones, else new ones. Production: those of the environment only. */
export function secretsFor(profile, environment, stored) {
  if (profile === 'production') {
    const unfit = unfitSecrets(environment, stored);
    if (unfit.length > 0) {
      throw new StackError(
        'The production profile refuses generated and sample secrets. Set these in the environment ' +
          `(16 characters or more; KOMPLAT_DEMO_PASSWORD must not be set): ${unfit.join(', ')}`,
      );
    }
    return Object.fromEntries(secretNames.map((name) => [name, environment[name] ?? '']));
  }
  return Object.fromEntries(secretNames.map((name) => [name, stored[name] ?? secretMakers[name]()]));
}

/** Addresses of servers that the site runs itself; those named as our own by a stack.env are not foreign. */
export function foreignServers(environment) {
  const owned = (environment.KOMPLAT_STACK_OWNS ?? '').split(',');
  const pick = (server, name) => (owned.includes(server) ? undefined : environment[name] || undefined);
  return {
    postgres: pick('postgres', 'DATABASE_ADMIN_URL'),
    temporal: pick('temporal', 'TEMPORAL_ADDRESS'),
    keycloak: pick('keycloak', 'KEYCLOAK_URL'),
  };
}

function databaseUrl(adminUrl, user, password) {
  const url = new URL(adminUrl);
  url.username = user;
  url.password = encodeURIComponent(password);
  url.pathname = '/komplat';
  return url.href;
}

/** The whole environment that the stack gives to the processes of an instance. */
export function renderEnvironment({ instance, profile, ports, secrets, foreign, programs, filesDir }) {
  const adminUrl =
    foreign.postgres ?? `postgresql://postgres:${secrets.POSTGRES_PASSWORD}@127.0.0.1:${ports.postgres}/postgres`;
  const role = (name) => databaseUrl(adminUrl, `komplat_${name}`, secrets[`KOMPLAT_${name.toUpperCase()}_PASSWORD`]);
  const environment = {
    KOMPLAT_PROFILE: profile,
    KOMPLAT_INSTANCE: instance,
    KOMPLAT_STACK_OWNS: Object.keys(foreign)
      .filter((server) => !foreign[server])
      .join(','),
    DATABASE_ADMIN_URL: adminUrl,
    DATABASE_OWNER_URL: role('owner'),
    DATABASE_URL: role('app'),
    DATABASE_CLOSE_URL: role('close'),
    DATABASE_REPORT_URL: role('report'),
    TEMPORAL_ADDRESS: foreign.temporal ?? `127.0.0.1:${ports.temporal}`,
    TEMPORAL_NAMESPACE: 'komplat',
    TEMPORAL_CODEC_KEYS: secrets.TEMPORAL_CODEC_KEYS,
    TEMPORAL_CLI: programs.temporal,
    TEMPORAL_TEST_SERVER: programs.testServer,
    BCPROV_JAR: programs.bouncyCastle,
    JAVA_BIN: programs.bouncyCastle && programs.java,
    KEYCLOAK_URL: foreign.keycloak ?? `http://localhost:${ports.keycloak}`,
    KEYCLOAK_REALM: 'komplat',
    KEYCLOAK_ADMIN_PASSWORD: secrets.KEYCLOAK_ADMIN_PASSWORD,
    KOMPLAT_DEMO_PASSWORD: profile === 'training' ? secrets.KOMPLAT_DEMO_PASSWORD : undefined,
    KOMPLAT_SERVICE_CLIENT_SECRET: secrets.KOMPLAT_SERVICE_CLIENT_SECRET,
    KOMPLAT_BANK_CLIENT_SECRET: secrets.KOMPLAT_BANK_CLIENT_SECRET,
    KOMPLAT_MASTER_KEY: secrets.KOMPLAT_MASTER_KEY,
    API_PORT: String(ports.api),
    API_URL: `http://127.0.0.1:${ports.api}`,
    PORTAL_PORT: String(ports.portal),
    PORTAL_URL: `http://localhost:${ports.portal}`,
    WORKER_HEALTH_PORT: String(ports.workerHealth),
    CHROMIUM_BIN: programs.chromium,
    FILES_DIR: filesDir,
  };
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
}

/** `KEY=value` lines. Values hold no line breaks and are not quoted. */
export function renderEnvFile(environment) {
  return Object.entries(environment)
    .map(([name, value]) => {
      if (/[\r\n]/.test(value)) throw new StackError(`${name} holds a line break`);
      return `${name}=${value}\n`;
    })
    .join('');
}

export function parseEnvFile(text) {
  const pairs = text.split('\n').filter((line) => line.includes('='));
  return Object.fromEntries(pairs.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** Secrets of the instance; generated ones are kept in a file that only its owner reads. */
export function loadSecrets(paths, profile, environment = process.env) {
  const stored = readJson(paths.secrets, {});
  const secrets = secretsFor(profile, environment, stored);
  if (profile === 'training') writeJson(paths.secrets, secrets, 0o600);
  return secrets;
}

export const saveEnvironment = (paths, environment) => writeFileAtomic(paths.env, renderEnvFile(environment), 0o600);

/** Environment written by the last `up` of the instance. */
export function loadEnvironment(paths) {
  if (!existsSync(paths.env)) throw new StackError('The servers were never started here: npm run stack -- up');
  return parseEnvFile(readFileSync(paths.env, 'utf8'));
}
