// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
import { Guarded } from '@komplat/ui';
import { Page as Content } from '@komplat/administration/portal/pages/home.page.tsx';
import { titled } from '../../src/title.ts';

export const generateMetadata = titled('administration.ui.home.title');

export default function Page() {
  return (
    <Guarded permission="administration.home.read">
      <Content />
    </Guarded>
  );
}
