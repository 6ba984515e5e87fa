import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: false,
  typescript: { ignoreBuildErrors: true }, // `npm run typecheck` is the gate, with the compiler of the workspace
  turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) },
  devIndicators: false,
};

export default createNextIntlPlugin('./src/i18n.ts')(config);
