'use client';
import { useRead } from '@komplat/api-client';
import type { ReactNode } from 'react';
import { shortName } from './format.ts';
import { useText } from './text.tsx';

interface People {
  readonly names: Readonly<Record<string, string>>;
}

const SYSTEM = /^system:/;
const HOUR = 3_600_000;

/** Says a person by name: records carry the login, a colleague knows the name. */
export function usePersonName(): (login: string) => string {
  const text = useText();
  const { data } = useRead<People>('administration/people', {}, { fresh: HOUR });
  return (login) => {
    const name = data?.names[login];
    if (name) return shortName(name);
    const key = `ui.person.${login.replace(SYSTEM, '')}`;
    if (text.has(key)) return text(key);
    return SYSTEM.test(login) ? text('ui.person.system') : login;
  };
}

/** A person by name; the login on hover. */
export function Person({ login }: { login: string | null | undefined }): ReactNode {
  const nameOf = usePersonName();
  return login ? <span title={login}>{nameOf(login)}</span> : null;
}
