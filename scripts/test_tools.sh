#!/bin/sh
# Makes build/tools, a Python environment with what the tests hold the program against. Quick when repeated; several may
# run at once. Prints the folder. Fails (and says why on standard error) where a package cannot be had.
set -eu
cd "$(dirname "$0")/.."
# selenium: the browser test. aiosmtpd: an SMTP server for the cards. slack_sdk: the models that every Slack message must fit. moto: SQS, S3, SES, Secrets Manager and DynamoDB on loopback; botocore: AWS's own signer and service models.
packages="aiosmtpd==1.4.6 moto[dynamodb,s3,ses,secretsmanager,sqs]==5.2.5 botocore==1.44.5 flask==3.1.2 flask-cors==6.0.1 werkzeug==3.1.3 selenium==4.48.0 slack_sdk==3.47.0"
mkdir -p build
exec 9>build/tools.lock
flock 9
if [ "$(cat build/tools/installed 2>/dev/null)" != "$packages" ]; then
  [ -x build/tools/bin/pip ] || python3 -m venv build/tools >&2
  # shellcheck disable=SC2086
  build/tools/bin/pip install --quiet --disable-pip-version-check --no-input $packages >&2
  printf '%s\n' "$packages" >build/tools/installed
fi
printf '%s\n' "$PWD/build/tools"
