// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
export { RouteLoading as default } from '../../../../src/shell/route-states.tsx';
