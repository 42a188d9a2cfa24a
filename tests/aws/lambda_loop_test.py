#!/usr/bin/env python3
"""The Lambda loop as a process of its own, on a stand-in for AWS's Runtime API.

usage: lambda_loop_test.py TICKET_ROUTER TR_PROBE
The stand-in does what Lambda does to a function: events one by one on one connection, long silence (here: a connection that
is gone when the process wakes), answers taken with 202, 500 at the end.
"""
import http.server
import json
import os
import queue
import subprocess
import sys
import threading

TRACE = 'Root=1-643eccfa-2c6028925c2b249524664087;Sampled=0'
DEADLINE = 1764500000123
SUITE = os.path.join(os.environ['TR_SOURCE'], '..', 'shared', 'suites', 'lambda_events')


class RuntimeApi(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    events, answers = queue.Queue(), queue.Queue()
    connections, given = set(), 0

    def do_GET(self):
        RuntimeApi.connections.add(self.client_address[1])
        event = self.events.get()
        if event is None:
            return self.reply(500, b'')
        RuntimeApi.given += 1
        self.reply(200, event['body'], {'Lambda-Runtime-Aws-Request-Id': f'8476a536-e9f4-11e8-9739-{RuntimeApi.given:012}',
                                        'Lambda-Runtime-Deadline-Ms': str(DEADLINE), 'Lambda-Runtime-Trace-Id': TRACE,
                                        'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:us-east-2:123456789012:function:f'})

    def do_POST(self):
        RuntimeApi.connections.add(self.client_address[1])
        assert 'Expect' not in self.headers and 'Transfer-Encoding' not in self.headers, 'the body has its length'
        body = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
        self.answers.put((self.path, self.headers.get('Lambda-Runtime-Function-Error-Type'), body))
        self.reply(202, b'{"status":"OK"}\n')
        if body.get('first') == 'hang-up':  # frozen for so long that the connection died meanwhile
            self.close_connection = True

    def reply(self, status, body, headers=None):
        self.send_response(status)
        for name, value in {'Content-Length': str(len(body)), 'Content-Type': 'application/json', **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def ask(event):
    RuntimeApi.events.put({'body': event if isinstance(event, bytes) else json.dumps(event).encode()})
    path, error_type, body = RuntimeApi.answers.get(timeout=30)
    request_id, _, kind = path.rpartition('/')
    assert request_id == f'/2018-06-01/runtime/invocation/8476a536-e9f4-11e8-9739-{RuntimeApi.given:012}', path
    return kind, error_type, body


def own_events():
    kind, error_type, body = ask({'job': 'drive-sync'})
    assert (kind, error_type, body) == ('response', None, {'kind': 'schedule', 'first': 'drive-sync', 'deadline': DEADLINE,
                                                           'trace': TRACE}), body
    kind, error_type, body = ask({'fault': 'transient'})
    assert (kind, error_type, body['errorMessage']) == ('error', 'Function.transient', 'as asked'), body
    kind, error_type, body = ask({'throw': True})
    assert (kind, error_type) == ('error', 'Function.bug') and 'thrown' not in json.dumps(body), body
    for bad in (b'', b'null', b'{"Records":[{"eventSource":"aws:ses"}]}', b'\xff{'):
        kind, error_type, body = ask(bad)
        assert (kind, error_type) == ('error', 'Function.invalid'), (bad, body)
    assert len(RuntimeApi.connections) == 1, 'one connection served all'
    assert ask({'job': 'hang-up'})[0] == 'response'
    assert ask({'job': 'after it'})[2]['first'] == 'after it'
    assert len(RuntimeApi.connections) == 2, 'and a new one when it had died'
    large = ask({'job': 'x' * 5_000_000})
    assert len(large[2]['first']) == 5_000_000


def suite_events():
    expected = {'sqs-event': 'sqs', 'powertools-sqsEvent': 'sqs', 'powertools-s3SqsEvent': 'sqs', 's3-event': 's3',
                's3-event-with-decoded': 's3', 'lambda-urls-request': 'url', 'powertools-lambdaFunctionUrlEvent': 'url',
                'function-url-domain-only-request-with-base64-encoded-body': 'url',
                'function-url-request-with-headers-and-cookies-and-text-body': 'url'}
    for name, wanted in expected.items():
        with open(os.path.join(SUITE, name + '.json'), 'rb') as f:
            kind, _, body = ask(f.read())
        assert (kind, body['kind']) == ('response', wanted), (name, body)
        if 'base64' in name:
            assert body['body'] == '<idk/>', body
    print(f'{len(expected)} events of the SDKs answered')


def main():
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), RuntimeApi)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # A proxy of the environment is not for the Runtime API.
    environment = dict(os.environ, AWS_LAMBDA_RUNTIME_API=f'127.0.0.1:{server.server_port}', http_proxy='http://127.0.0.1:1')
    process = subprocess.Popen([sys.argv[2], 'lambda'], env=environment, stdin=subprocess.DEVNULL)
    try:
        own_events()
        if os.path.isdir(SUITE):
            suite_events()
        else:
            print('without the SDKs\' events: there is no folder shared/suites beside the project')
        RuntimeApi.events.put(None)
        assert process.wait(30) == 1, 'a broken Runtime API ends the process'
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        server.shutdown()
    print(f'{RuntimeApi.given} events')
    return 0


if __name__ == '__main__':
    sys.exit(main())
