#!/usr/bin/env python3
"""Runs a test program against a whole AWS on the loopback: moto, DynamoDB Local and a stand-in for Bedrock.

usage: on_aws.py PROGRAM [ARGUMENTS…]
One address, AWS_ENDPOINT_URL, behind the oracle of signatures; without Java moto plays DynamoDB too, slowly. Passes when the
program does and nothing that it sent was signed or shaped wrongly. Exit 77: the tools cannot be had.
"""
import contextlib
import os
import secrets
import subprocess
import sys

import on_moto

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), name) for name in ('', 'dynamo', 'models')]


@contextlib.contextmanager
def whole_aws():
    """Gives the environment of a program that runs on it, and who judges what it sent."""
    from dynamodb_local import DynamoDbLocal, NotHere
    from emulator import Emulator
    from model_server import ModelServer
    from oracle import Keys
    keys = Keys('AKIDEXAMPLE', secrets.token_urlsafe(30), secrets.token_urlsafe(30) + '/+=')
    with contextlib.ExitStack() as stack:
        try:
            dynamo = stack.enter_context(DynamoDbLocal()).port
        except NotHere as why:
            print(why)
            dynamo = None
        model = stack.enter_context(ModelServer())
        emulator = stack.enter_context(Emulator(keys, dynamo))
        environment = {name: value for name, value in os.environ.items() if not name.startswith('AWS_')}
        environment |= keys.environment() | {'AWS_ENDPOINT_URL': emulator.url, 'AWS_REGION': 'ap-southeast-1',
                                             'AWS_ENDPOINT_URL_BEDROCK_RUNTIME': model.url}
        yield environment, emulator, model


def main():
    with whole_aws() as (environment, emulator, model):
        done = subprocess.run(sys.argv[1:], env=environment)
        wrong = emulator.oracle.refused + model.troubles
        print(f'{sum(emulator.oracle.calls.values())} calls of {len(emulator.oracle.calls)} kinds, {len(model.requests)} of the model, {len(wrong)} wrong')
    for line in wrong[:3]:
        print(line)
    return done.returncode or (1 if wrong or not model.requests else 0)


if __name__ == '__main__':
    sys.exit(main() if os.environ.get('TR_TOOLS') else on_moto.run_with_tools(__file__))
