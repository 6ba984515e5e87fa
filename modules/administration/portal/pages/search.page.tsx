'use client';
import { useRead } from '@komplat/api-client';
import {
  AppLink,
  Card,
  Empty,
  Frame,
  PageHeader,
  SearchFilter,
  useMessage,
  useRouter,
  useText,
  type Message,
} from '@komplat/ui';
import type { ReactNode } from 'react';

interface Found {
  readonly understood: readonly { readonly token: string; readonly as: string }[];
  readonly groups: readonly {
    readonly source: string;
    readonly title: Message | string;
    readonly hits: readonly { readonly href: string; readonly title: string; readonly detail: string }[];
  }[];
  readonly tookMs: number;
}

function Groups({ found }: { found: Found }): ReactNode {
  const text = useText();
  const message = useMessage();
  const groups = found.groups.filter((group) => group.hits.length > 0);
  if (groups.length === 0) {
    return (
      <Card>
        <Empty
          icon="search"
          title={text('administration.ui.search.none')}
          text={text('administration.ui.search.none-text')}
        />
      </Card>
    );
  }
  return (
    <div className="stack">
      {groups.map((group) => (
        <Card key={group.source} title={message(group.title)} sub={String(group.hits.length)}>
          <ul className="reco">
            {group.hits.map((hit) => (
              <li key={hit.href}>
                <AppLink href={hit.href}>
                  <span>
                    <b className="tnum">{hit.title}</b>
                    <small>{hit.detail}</small>
                  </span>
                </AppLink>
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </div>
  );
}

/** Results of a search as a page, so that they can be sent to a colleague. */
export function Page(): ReactNode {
  const text = useText();
  const { search } = useRouter();
  const query = search.get('q') ?? '';
  const enabled = query.trim().length >= 2;
  const read = useRead<Found>('administration/search', { q: query, limit: 50 }, { enabled });
  return (
    <>
      <PageHeader title={text('administration.ui.search.title')} text={text('administration.ui.search.text')} />
      <div className="mb-3.5">
        <SearchFilter label={text('administration.ui.search.field')} width={460} />
      </div>
      {enabled ? (
        <Frame read={read} rows={8} permission="administration.search.use">
          {(found) => <Groups found={found} />}
        </Frame>
      ) : (
        <Card>
          <Empty
            icon="search"
            title={text('administration.ui.search.start')}
            text={text('administration.ui.search.start-text')}
          />
        </Card>
      )}
    </>
  );
}
