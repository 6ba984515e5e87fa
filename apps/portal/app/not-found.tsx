import { NotFoundPage } from '../src/shell/not-found-page.tsx';

/** No page under this address. */
export default function NotFound() {
  return <NotFoundPage />;
}
