// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
import { Guarded } from '@komplat/ui';
import { Page as Content } from '@komplat/administration/portal/pages/processes.page.tsx';
import { titled } from '../../../src/title.ts';

export const generateMetadata = titled('administration.ui.processes.title');

export default function Page() {
  return (
    <Guarded permission="administration.process.read">
      <Content />
    </Guarded>
  );
}
