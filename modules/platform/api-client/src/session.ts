import Keycloak from 'keycloak-js';
import { SignInLostError } from './errors.ts';

/** What `/config.json` of the portal says about the place it runs in. */
export interface PortalConfig {
  readonly keycloak: { readonly url: string; readonly realm: string; readonly clientId: string };
  readonly profile: string;
  readonly city: string;
  readonly version: string;
}

/** How the sign-in stands. `lost` = it ended while a page was open. */
export type SessionState = 'starting' | 'anonymous' | 'signed-in' | 'lost' | 'unreachable';

/** The sign-in of this tab. Tokens live in memory only. */
export interface Session {
  readonly config: PortalConfig;
  state(): SessionState;
  subscribe(listener: () => void): () => void;
  bearer(): Promise<string>;
  signIn(locale: string): Promise<void>;
  signInAgain(): Promise<void>;
  signOut(): Promise<void>;
  check(): Promise<void>;
  /** When the session ends for good, if that is near; `undefined` while there is time. */
  endsAt(): number | undefined;
}

const CHANNEL = 'komplat-session';
const FRESH_SECONDS = 30;
const WATCH_MS = 20_000;
/** The end is announced this long ahead (WCAG 2.2.1). */
export const WARN_MS = 150_000;

/** Milliseconds of this clock when a token of the sign-in service runs out, if that is near. */
export function nearEnd(exp: number | undefined, skewSeconds: number, now: number): number | undefined {
  if (exp === undefined) return undefined;
  const end = (exp + skewSeconds) * 1_000;
  return end - now <= WARN_MS ? end : undefined;
}

const RETURN_FLAG = 'komplat-again';

class BrowserSession implements Session {
  readonly config: PortalConfig;
  private readonly keycloak: Keycloak;
  private readonly channel = new BroadcastChannel(CHANNEL);
  private readonly listeners = new Set<() => void>();
  private refreshing: Promise<boolean> | undefined;
  private now: SessionState = 'starting';
  private end: number | undefined;

  constructor(config: PortalConfig) {
    this.config = config;
    this.keycloak = new Keycloak(config.keycloak);
    this.keycloak.onAuthLogout = () => this.become(this.now === 'signed-in' ? 'lost' : 'anonymous');
    this.channel.onmessage = (event: MessageEvent<string>) => this.heard(event.data);
  }

  async start(): Promise<void> {
    try {
      const signedIn = await this.keycloak.init({
        onLoad: 'check-sso',
        pkceMethod: 'S256',
        checkLoginIframe: false,
        silentCheckSsoRedirectUri: `${location.origin}/silent-check-sso.html`,
      });
      this.become(signedIn ? 'signed-in' : 'anonymous');
      if (signedIn) this.announceReturn();
      this.watchEnd();
      setInterval(() => void this.check(), WATCH_MS);
    } catch {
      this.become('unreachable');
    }
  }

  state(): SessionState {
    return this.now;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** One refresh at a time, shared by all calls that wait for it. */
  async bearer(): Promise<string> {
    try {
      await (this.refreshing ??= this.keycloak.updateToken(FRESH_SECONDS).finally(() => (this.refreshing = undefined)));
    } catch (error) {
      this.become('lost');
      throw new SignInLostError(error);
    }
    return this.keycloak.token ?? '';
  }

  async signIn(locale: string): Promise<void> {
    await this.keycloak.login({ redirectUri: location.href, locale });
  }

  /** In a window of its own, so that the page under it keeps what was typed. */
  async signInAgain(): Promise<void> {
    const target = new URL('/signed-in', location.origin);
    target.searchParams.set(RETURN_FLAG, '1');
    const url = await this.keycloak.createLoginUrl({ redirectUri: target.href });
    window.open(url, 'komplat-sign-in', 'popup,width=520,height=720');
  }

  async signOut(): Promise<void> {
    this.channel.postMessage('signed-out');
    await this.keycloak.logout({ redirectUri: `${location.origin}/` });
  }

  /** Refreshes ahead of the end, so that a lost sign-in is seen before a form is sent. */
  async check(): Promise<void> {
    if (this.now !== 'signed-in') return;
    await this.bearer().catch(() => undefined);
    this.watchEnd();
  }

  endsAt(): number | undefined {
    return this.end;
  }

  /** A refresh does not help near the end of the whole session: the person is told in time. */
  private watchEnd(): void {
    const exp = this.keycloak.refreshTokenParsed?.exp;
    const end = this.now === 'signed-in' ? nearEnd(exp, this.keycloak.timeSkew ?? 0, Date.now()) : undefined;
    if (end === this.end) return;
    this.end = end;
    for (const listener of this.listeners) listener();
  }

  private announceReturn(): void {
    if (new URLSearchParams(location.search).has(RETURN_FLAG)) this.channel.postMessage('signed-in');
  }

  private heard(word: string): void {
    if (word === 'signed-out') {
      this.keycloak.clearToken();
      this.become('anonymous');
    }
    if (word === 'signed-in' && this.now === 'lost') void this.restore();
  }

  /** After a sign-in in the other window: a new client finds the session silently. */
  private async restore(): Promise<void> {
    const fresh = new Keycloak(this.config.keycloak);
    const signedIn = await fresh
      .init({
        onLoad: 'check-sso',
        pkceMethod: 'S256',
        checkLoginIframe: false,
        silentCheckSsoRedirectUri: `${location.origin}/silent-check-sso.html`,
      })
      .catch(() => false);
    if (!signedIn) return;
    this.keycloak.token = fresh.token;
    this.keycloak.tokenParsed = fresh.tokenParsed;
    this.keycloak.refreshToken = fresh.refreshToken;
    this.keycloak.refreshTokenParsed = fresh.refreshTokenParsed;
    this.keycloak.idToken = fresh.idToken;
    this.keycloak.idTokenParsed = fresh.idTokenParsed;
    this.keycloak.timeSkew = fresh.timeSkew;
    this.keycloak.authenticated = true;
    this.become('signed-in');
  }

  private become(state: SessionState): void {
    if (this.now === state) return;
    this.now = state;
    this.watchEnd();
    for (const listener of this.listeners) listener();
  }
}

let starting: Promise<Session> | undefined;

async function start(): Promise<Session> {
  const response = await fetch('/config.json', { cache: 'no-store' });
  const session = new BrowserSession((await response.json()) as PortalConfig);
  await session.start();
  return session;
}

/** The one session of this page load: a second caller gets the same promise, also under StrictMode. */
export const session = (): Promise<Session> => (starting ??= start());
