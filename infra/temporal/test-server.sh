#!/bin/sh
# Usage: test-server.sh PORT [options]. TEST_SERVER_LIB is the folder that holds the jars; JAVA_BIN the Java to use.
exec "${JAVA_BIN:-java}" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -cp "${TEST_SERVER_LIB:?}/*" io.temporal.testserver.TestServer "$@"
