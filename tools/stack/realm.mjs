// The realm file: rendering for a profile and an instance, and bringing a living realm up to a changed file.
import { StackError } from './util.mjs';

/** Names of the variables that a template uses. */
export function placeholders(template) {
  return [...new Set([...template.matchAll(/\$\{([A-Z][A-Z0-9_]*)\}/g)].map(([, name]) => name))].sort();
}

/** Fills in the variables. An unset one would become the secret itself, so it is refused. */
function fill(value, variables) {
  if (typeof value === 'string') return value.replace(/\$\{([A-Z][A-Z0-9_]*)\}/g, (_, name) => variables[name]);
  if (Array.isArray(value)) return value.map((item) => fill(item, variables));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, variables)]));
  }
  return value;
}

/** A client for tests of the API: a password is enough. It exists in the test instance only. */
const testClient = (audience) => ({
  clientId: 'komplat-test',
  enabled: true,
  publicClient: true,
  standardFlowEnabled: false,
  directAccessGrantsEnabled: true,
  protocolMappers: audience,
});

/** The realm as it is imported. In production: no demonstration users, one-time code for managers. */
export function renderRealm(template, variables, { instance, profile }) {
  const realm = JSON.parse(template);
  if (profile === 'production') {
    realm.users = realm.users.filter((user) => user.serviceAccountClientId);
    realm.browserFlow = 'komplat browser';
  } else {
    realm.browserFlow = 'komplat training browser';
  }
  if (instance === 'test') {
    realm.clients.push(
      testClient(realm.clients.find((client) => client.clientId === 'komplat-portal').protocolMappers),
    );
  }
  const missing = placeholders(JSON.stringify(realm)).filter((name) => !variables[name]);
  if (missing.length > 0) throw new StackError(`The realm file needs values that are not set: ${missing.join(', ')}`);
  return fill(realm, variables);
}

/** Token of the administrator of the server, for this process only. */
export async function adminToken(base, password) {
  const response = await fetch(`${base}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', username: 'admin', password }),
  });
  if (!response.ok)
    throw new StackError(`Keycloak refuses its administrator (${response.status}): npm run reset, then start anew`);
  return (await response.json()).access_token;
}

/** Applies roles, clients, users and settings of the file. Users and passwords that exist stay as they are. */
export async function syncRealm(base, token, realm) {
  const at = `${base}/admin/realms/${realm.realm}`;
  const ask = async (method, url, body, accepted = []) => {
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok && !accepted.includes(response.status)) {
      throw new StackError(`Keycloak: ${method} ${new URL(url).pathname}: ${response.status} ${text.slice(0, 300)}`);
    }
    return text && response.ok ? JSON.parse(text) : undefined;
  };
  for (const role of realm.roles.realm) await ask('POST', `${at}/roles`, role, [409]);
  for (const client of realm.clients) {
    const [known] = await ask('GET', `${at}/clients?clientId=${encodeURIComponent(client.clientId)}`);
    if (known)
      await ask('PUT', `${at}/clients/${known.id}`, { ...known, ...client, protocolMappers: known.protocolMappers });
    else await ask('POST', `${at}/clients`, client);
  }
  const users = realm.users.filter((user) => !user.serviceAccountClientId);
  await ask('POST', `${at}/partialImport`, { ifResourceExists: 'SKIP', users });
  const apart = ['users', 'clients', 'roles', 'authenticationFlows', 'authenticatorConfig'];
  const settings = Object.fromEntries(Object.entries(realm).filter(([name]) => !apart.includes(name)));
  const flows = await ask('GET', `${at}/authentication/flows`);
  if (!flows.some((flow) => flow.alias === settings.browserFlow)) delete settings.browserFlow;
  await ask('PUT', at, settings);
}
