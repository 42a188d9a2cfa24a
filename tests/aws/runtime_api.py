"""A stand-in for AWS's Runtime API: events one by one, answers taken with 202, 500 at the end."""
import json
import queue
import time

from loopback import LoopbackServer

TRACE = 'Root=1-643eccfa-2c6028925c2b249524664087;Sampled=0'


class RuntimeApi(LoopbackServer):
    """`deadline`: of every invocation, in milliseconds since 1970; None: a minute from when it is given."""
    def __init__(self, deadline=None):
        self.deadline = deadline
        self.events, self.answers = queue.Queue(), queue.Queue()
        self.connections, self.given = set(), 0

    def serve(self, handler, body):
        self.connections.add(handler.client_address[1])
        if handler.command == 'GET':
            self.next(handler)
        else:
            self.take(handler, body)

    def next(self, handler):
        event = self.events.get()
        if event is None:
            return self.reply(handler, 500)
        self.given += 1
        deadline = self.deadline or int(time.time() * 1000) + 60_000
        self.reply(handler, 200, event, headers={
            'Lambda-Runtime-Aws-Request-Id': f'8476a536-e9f4-11e8-9739-{self.given:012}', 'Lambda-Runtime-Deadline-Ms': str(deadline),
            'Lambda-Runtime-Trace-Id': TRACE, 'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:us-east-2:123456789012:function:f'})

    def take(self, handler, raw):
        assert 'Expect' not in handler.headers and 'Transfer-Encoding' not in handler.headers, 'the body has its length'
        body = json.loads(raw)
        self.answers.put((handler.path, handler.headers.get('Lambda-Runtime-Function-Error-Type'), body))
        self.reply(handler, 202, b'{"status":"OK"}\n')
        if body.get('first') == 'hang-up':  # frozen for so long that the connection died meanwhile
            handler.close_connection = True

    def ask(self, event):
        self.events.put(event if isinstance(event, bytes) else json.dumps(event).encode())
        path, error_type, body = self.answers.get(timeout=30)
        request_id, _, kind = path.rpartition('/')
        assert request_id == f'/2018-06-01/runtime/invocation/8476a536-e9f4-11e8-9739-{self.given:012}', path
        return kind, error_type, body
