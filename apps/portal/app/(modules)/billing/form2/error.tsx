// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
'use client';

export { RouteError as default } from '../../../../src/shell/route-states.tsx';
