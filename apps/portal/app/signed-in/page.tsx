import { SignedIn } from '../../src/shell/signed-in.tsx';

/** The small window of a second sign-in ends here and tells the other tabs. */
export default function Page() {
  return <SignedIn />;
}
