#!/bin/sh
# Puts Amazon's DynamoDB Local and what it needs into build/dynamodb-local, by Maven. Quick when repeated; several may run
# at once. Prints the folder. Fails (and says why on standard error) where Java, Maven or the packages cannot be had.
set -eu
cd "$(dirname "$0")/.."
version=2.5.2
mkdir -p build
exec 9>build/dynamodb-local.lock
flock 9
if [ "$(cat build/dynamodb-local/installed 2>/dev/null)" != "$version" ]; then
  command -v java >/dev/null 2>&1 || { echo "there is no java: install default-jre-headless" >&2; exit 1; }
  command -v mvn >/dev/null 2>&1 || { echo "there is no mvn: install maven" >&2; exit 1; }
  rm -rf build/dynamodb-local
  mkdir -p build/dynamodb-local
  cat >build/dynamodb-local/pom.xml <<POM
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>ticket-router</groupId>
  <artifactId>test-tools</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.amazonaws</groupId>
      <artifactId>DynamoDBLocal</artifactId>
      <version>$version</version>
    </dependency>
  </dependencies>
</project>
POM
  mvn -q -B -f build/dynamodb-local/pom.xml dependency:copy-dependencies -DoutputDirectory="$PWD/build/dynamodb-local" >&2
  printf '%s\n' "$version" >build/dynamodb-local/installed
fi
printf '%s\n' "$PWD/build/dynamodb-local"
