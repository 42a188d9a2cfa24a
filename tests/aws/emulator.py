"""moto (SQS, S3, SES, Secrets Manager; DynamoDB too where no other emulator of it is given) behind the oracle, on a free
port of the loopback, by a clock that tests can set.

As moto is written, two requests at once may take the same message or both win a condition: here they take turns."""
import io
import json
import sys
import threading
import time
import urllib.parse

import moto.sqs.models as sqs
from moto.ses.models import ses_backends
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.test import run_wsgi_app

from faults import Faults
from loopback import LoopbackServer
from oracle import Forward, Oracle


class Clock:
    """Real time until a test sets it. Then it stands, but for a hair's breadth with each look: moto's "later than" is AWS's
    "not earlier than"."""
    def __init__(self):
        self.at = None
        self.looks = 0
        self.set_at = 0.0

    def set(self, millis, fresh):
        self.at, self.set_at = millis, time.monotonic()
        self.looks = 0 if fresh else self.looks

    def millis(self, *_):
        if self.at is None:
            return time.time() * 1000
        self.looks += 1
        return self.at + self.looks / 2048

    def seconds(self, *_):
        return time.time() if self.at is None else self.at / 1000


class Emulator(LoopbackServer):
    """Keeps its connections, as AWS does; moto's own server closes each."""
    def __init__(self, keys, dynamo_port=None):
        self.dynamo = Forward(dynamo_port) if dynamo_port else None
        self.clock = Clock()
        self.turn = threading.RLock()
        self.moto = DomainDispatcherApplication(create_backend_app)
        self.faults = Faults(self.in_turn)
        self.oracle = Oracle(self.faults, keys)
        sqs.unix_time_millis, sqs.unix_time = self.clock.millis, self.clock.seconds
        self.receive = sqs.SQSBackend.receive_message
        sqs.SQSBackend.receive_message = lambda backend, *args, **named: self.receive_in_turn(backend, *args, **named)

    def serve(self, handler, body):
        pieces, status, headers = run_wsgi_app(self.control, environ_of(handler, body))
        raw = b''.join(pieces)
        handler.send_response(int(status.split()[0]))
        for name, value in headers.items():
            if name.lower() not in ('content-length', 'transfer-encoding', 'connection'):
                handler.send_header(name, value)
        handler.send_header('Content-Length', headers.get('Content-Length') if handler.command == 'HEAD' else str(len(raw)))
        handler.end_headers()
        handler.wfile.write(raw)

    def control(self, environ, start_response):
        """What a test says to the emulator goes to /tr-test/…; everything else is AWS."""
        if not environ['PATH_INFO'].startswith('/tr-test/'):
            return self.oracle(environ, start_response)
        said = json.loads(environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0)) or '{}')
        answer = getattr(self, 'say_' + environ['PATH_INFO'].removeprefix('/tr-test/'))(**said)
        start_response('200 OK', [('Content-Type', 'application/json')])
        return [json.dumps(answer).encode()]

    def say_clock(self, millis, fresh=False):
        self.clock.set(millis, fresh)

    def say_fail(self, nth, kind='before'):
        """The nth request from now fails; 0: none."""
        self.faults.plan(nth, kind)

    def say_throttle(self, share):
        self.faults.throttle(share)

    def say_forbid(self, bucket):
        self.faults.forbid(bucket)

    def say_hold(self, held):
        self.faults.hold(held)

    def say_calls(self):
        """How often each operation was asked for, by others than tests."""
        return self.oracle.calls

    def say_failed(self):
        return self.faults.fired

    def say_mails(self):
        """What SES took."""
        return [{'to': mail.destinations, 'raw': mail.raw_data} for account in ses_backends.values()
                for backend in account.values() for mail in backend.sent_messages]

    def in_turn(self, environ, start_response):
        target = environ.get('HTTP_X_AMZ_TARGET', '')
        if self.dynamo and target.startswith('DynamoDB'):
            return self.dynamo(environ, start_response)
        if target == 'AmazonSQS.ReceiveMessage':
            return self.moto(environ, start_response)  # may wait for a message, which others send
        with self.turn:
            return list(self.moto(environ, start_response))

    def receive_in_turn(self, backend, queue_name, count, wait_seconds_timeout, visibility_timeout, names=None):
        end = time.monotonic() + wait_seconds_timeout
        while True:
            with self.turn:
                messages = self.receive(backend, queue_name, count, 0, visibility_timeout, names)
            if messages or time.monotonic() >= end:
                return messages
            backend.get_queue(queue_name).wait_for_messages(0.05)


def environ_of(handler, body):
    """WSGI's, with the path as it came."""
    path, _, query = handler.path.partition('?')
    environ = {'REQUEST_METHOD': handler.command, 'REQUEST_URI': handler.path, 'RAW_URI': handler.path, 'SCRIPT_NAME': '',
               'PATH_INFO': urllib.parse.unquote(path, 'latin-1'), 'QUERY_STRING': query, 'SERVER_PROTOCOL': 'HTTP/1.1',
               'SERVER_NAME': '127.0.0.1', 'SERVER_PORT': str(handler.server.server_port), 'REMOTE_ADDR': '127.0.0.1',
               'CONTENT_TYPE': handler.headers.get('Content-Type', ''), 'CONTENT_LENGTH': str(len(body)),
               'wsgi.version': (1, 0), 'wsgi.url_scheme': 'http', 'wsgi.input': io.BytesIO(body), 'wsgi.errors': sys.stderr,
               'wsgi.multithread': True, 'wsgi.multiprocess': False, 'wsgi.run_once': False}
    return environ | {'HTTP_' + name.upper().replace('-', '_'): value for name, value in handler.headers.items()
                      if name.lower() not in ('content-type', 'content-length')}
