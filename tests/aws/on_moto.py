#!/usr/bin/env python3
"""Runs a test program against moto, with botocore checking every signature.

usage: on_moto.py PROGRAM [ARGUMENTS…]
The program finds AWS_ENDPOINT_URL and keys in its environment, as any program would. Passes when the program does, some
requests came, and none was refused; first of all, that a wrong signature is refused. Exit 77: the tools cannot be had.
"""
import os
import secrets
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))


def run_with_tools(script):
    """The script again, by the Python that has moto."""
    made = subprocess.run([os.path.join(TOP, 'scripts', 'test_tools.sh')], capture_output=True, text=True)
    if made.returncode != 0:
        print('skipped: the test tools cannot be installed here:', made.stderr.strip()[-300:])
        return 77
    python = os.path.join(made.stdout.strip().splitlines()[-1], 'bin', 'python')
    return subprocess.run([python, os.path.abspath(script), *sys.argv[1:]], env=dict(os.environ, TR_TOOLS='here')).returncode


def wrong_signatures_are_refused(keys):
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials
    from oracle import why_refused

    def signed(secret):
        request = AWSRequest(method='POST', url='http://127.0.0.1:1/', data=b'{}', headers={'X-Amz-Target': 'AmazonSQS.ListQueues'})
        SigV4Auth(Credentials(keys.access_key, secret, keys.token), 'sqs', 'ap-southeast-1').add_auth(request)
        return {name.lower(): value for name, value in request.headers.items()} | {'host': '127.0.0.1:1'}
    good = signed(keys.secret_key)
    assert why_refused(keys, 'POST', '/', good, b'{}') is None, why_refused(keys, 'POST', '/', good, b'{}')
    assert why_refused(keys, 'POST', '/', good, b'{ }'), 'another body passes'
    assert why_refused(keys, 'POST', '/x', good, b'{}'), 'another path passes'
    assert why_refused(keys, 'POST', '/', dict(good, **{'x-amz-more': '1'}), b'{}'), 'an unsigned header passes'
    assert why_refused(keys, 'POST', '/', signed('another secret'), b'{}'), 'another secret passes'


def main():
    sys.path[:0] = [HERE, os.path.dirname(HERE)]
    from emulator import Emulator
    from oracle import Keys
    keys = Keys('AKIDEXAMPLE', secrets.token_urlsafe(30), secrets.token_urlsafe(30) + '/+=')
    wrong_signatures_are_refused(keys)
    with Emulator(keys) as emulator:
        environment = {name: value for name, value in os.environ.items() if not name.startswith('AWS_')}
        environment |= keys.environment() | {'AWS_ENDPOINT_URL': emulator.url, 'AWS_REGION': 'ap-southeast-1'}
        done = subprocess.run(sys.argv[1:], env=environment)
        refused, calls = emulator.oracle.refused, emulator.oracle.calls
    print(f'{sum(calls.values())} requests of {len(calls)} kinds, {len(refused)} refused')
    for line in refused[:3]:
        print(line)
    return done.returncode or (1 if refused or not calls else 0)


if __name__ == '__main__':
    sys.exit(main() if os.environ.get('TR_TOOLS') else run_with_tools(__file__))
