"""Makes requests fail: refused before anything was done, done and the answer lost, throttled, or forbidden."""
import random
import threading

BROKEN = ('500 Internal Server Error', b'{"__type":"InternalServerError","message":"a test asked for this"}')
TABLE_THROTTLED = ('400 Bad Request', b'{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException","message":"a test asked for this"}')
THROTTLED = ('400 Bad Request', b'{"__type":"ThrottlingException","message":"a test asked for this"}')
FORBIDDEN = ('403 Forbidden', b'<Error><Code>AccessDenied</Code><Message>a test asked for this</Message></Error>')
BUCKET_THROTTLED = ('503 Slow Down', b'<Error><Code>SlowDown</Code><Message>a test asked for this</Message></Error>')


def refusal(kind, target):
    """As the service of that X-Amz-Target says it; S3 has none."""
    if kind != 'throttled':
        return BROKEN
    return TABLE_THROTTLED if target.startswith('DynamoDB') else THROTTLED if target else BUCKET_THROTTLED


class Faults:
    """The WSGI application `app`, of which the nth request from now fails, or a share of those to DynamoDB.

    What a test itself asks, as Lambda does for a function, bears X-Tr-Test and never fails."""
    def __init__(self, app):
        self.app = app
        self.lock = threading.Lock()
        self.left, self.kind = 0, 'before'
        self.share, self.random = 0, random.Random(7)
        self.held = False
        self.forbidden = None

    def plan(self, nth, kind):
        """`kind`: "before", "after" (only the answer is lost) or "throttled"."""
        with self.lock:
            self.left, self.kind = nth, kind

    def throttle(self, share):
        """So many of a hundred requests to DynamoDB are refused."""
        with self.lock:
            self.share = share

    def forbid(self, bucket):
        """Nobody may do anything in this bucket of S3; "": there is none."""
        self.forbidden = bucket

    def hold(self, held):
        """While they are held nothing fails, and nothing is counted towards the nth."""
        self.held = held

    @property
    def fired(self):
        return self.left == 0

    def verdict(self, environ):
        with self.lock:
            fails = self.left == 1
            self.left = max(self.left - 1, 0)
            if fails:
                return self.kind
            to_table = environ.get('HTTP_X_AMZ_TARGET', '').startswith('DynamoDB')
            return 'throttled' if to_table and self.random.random() * 100 < self.share else None

    def __call__(self, environ, start_response):
        if self.forbidden and environ['PATH_INFO'].split('/')[1] == self.forbidden and 'HTTP_X_TR_TEST' not in environ:
            start_response(FORBIDDEN[0], [('Content-Type', 'application/xml')])
            return [FORBIDDEN[1]]
        kind = None if self.held or 'HTTP_X_TR_TEST' in environ else self.verdict(environ)
        if kind is None:
            return self.app(environ, start_response)
        if kind == 'after':
            list(self.app(environ, lambda *_: None))
        status, said = refusal(kind, environ.get('HTTP_X_AMZ_TARGET', ''))
        start_response(status, [('Content-Type', 'application/x-amz-json-1.0')])
        return [said]
