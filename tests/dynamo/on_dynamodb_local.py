#!/usr/bin/env python3
"""Runs a test program against Amazon's own DynamoDB Local.

usage: on_dynamodb_local.py PROGRAM [ARGUMENTS…]
The program finds AWS_ENDPOINT_URL_DYNAMODB and keys in its environment. Exit 77: the emulator cannot be had here.
"""
import os
import subprocess
import sys

from dynamodb_local import DynamoDbLocal, NotHere


def main():
    try:
        local = DynamoDbLocal()
    except NotHere as why:
        print('skipped:', why)
        return 77
    with local as dynamo:
        environment = {name: value for name, value in os.environ.items() if not name.startswith('AWS_')}
        environment |= {'AWS_ENDPOINT_URL_DYNAMODB': dynamo.url, 'AWS_REGION': 'ap-southeast-1', 'AWS_ACCESS_KEY_ID': 'AKIDEXAMPLE',
                        'AWS_SECRET_ACCESS_KEY': 'secret'}
        return subprocess.run(sys.argv[1:], env=environment).returncode


if __name__ == '__main__':
    sys.exit(main())
