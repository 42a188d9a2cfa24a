#!/usr/bin/env python3
"""The Lambda loop as a process of its own, on a stand-in for AWS's Runtime API.

usage: lambda_loop_test.py TICKET_ROUTER TR_PROBE
The stand-in does what Lambda does to a function: events one by one on one connection, long silence (here: a connection that
is gone when the process wakes), answers taken with 202, 500 at the end.
"""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from runtime_api import TRACE, RuntimeApi  # noqa: E402

DEADLINE = 1764500000123
SUITE = os.path.join(os.environ['TR_SOURCE'], '..', 'shared', 'suites', 'lambda_events')


def own_events(api):
    kind, error_type, body = api.ask({'job': 'drive-sync'})
    assert (kind, error_type, body) == ('response', None, {'kind': 'schedule', 'first': 'drive-sync', 'deadline': DEADLINE,
                                                           'trace': TRACE}), body
    kind, error_type, body = api.ask({'fault': 'transient'})
    assert (kind, error_type, body['errorMessage']) == ('error', 'Function.transient', 'as asked'), body
    kind, error_type, body = api.ask({'throw': True})
    assert (kind, error_type) == ('error', 'Function.bug') and 'thrown' not in json.dumps(body), body
    for bad in (b'', b'null', b'{"Records":[{"eventSource":"aws:ses"}]}', b'\xff{'):
        kind, error_type, body = api.ask(bad)
        assert (kind, error_type) == ('error', 'Function.invalid'), (bad, body)
    assert len(api.connections) == 1, 'one connection served all'
    assert api.ask({'job': 'hang-up'})[0] == 'response'
    assert api.ask({'job': 'after it'})[2]['first'] == 'after it'
    assert len(api.connections) == 2, 'and a new one when it had died'
    large = api.ask({'job': 'x' * 5_000_000})
    assert len(large[2]['first']) == 5_000_000


def suite_events(api):
    expected = {'sqs-event': 'sqs', 'powertools-sqsEvent': 'sqs', 'powertools-s3SqsEvent': 'sqs', 's3-event': 's3',
                's3-event-with-decoded': 's3', 'lambda-urls-request': 'url', 'powertools-lambdaFunctionUrlEvent': 'url',
                'function-url-domain-only-request-with-base64-encoded-body': 'url',
                'function-url-request-with-headers-and-cookies-and-text-body': 'url'}
    for name, wanted in expected.items():
        with open(os.path.join(SUITE, name + '.json'), 'rb') as f:
            kind, _, body = api.ask(f.read())
        assert (kind, body['kind']) == ('response', wanted), (name, body)
        if 'base64' in name:
            assert body['body'] == '<idk/>', body
    print(f'{len(expected)} events of the SDKs answered')


def main():
    api = RuntimeApi(DEADLINE).start()
    # A proxy of the environment is not for the Runtime API.
    environment = dict(os.environ, AWS_LAMBDA_RUNTIME_API=f'127.0.0.1:{api.port}', http_proxy='http://127.0.0.1:1')
    process = subprocess.Popen([sys.argv[2], 'lambda'], env=environment, stdin=subprocess.DEVNULL)
    try:
        own_events(api)
        if os.path.isdir(SUITE):
            suite_events(api)
        else:
            print('without the SDKs\' events: there is no folder shared/suites beside the project')
        api.events.put(None)
        assert process.wait(30) == 1, 'a broken Runtime API ends the process'
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        api.close()
    print(f'{api.given} events')
    return 0


if __name__ == '__main__':
    sys.exit(main())
