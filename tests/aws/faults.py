"""Makes one request fail: the service is broken before it did anything, or it did as asked and the answer is lost."""
import threading

SAID = b'{"__type":"InternalServerError","message":"a test asked for this"}'


class Faults:
    """The WSGI application `app`, of which the nth request from now fails."""
    def __init__(self, app):
        self.app = app
        self.lock = threading.Lock()
        self.left, self.after = 0, False

    def plan(self, nth, after):
        with self.lock:
            self.left, self.after = nth, after

    @property
    def fired(self):
        return self.left == 0

    def __call__(self, environ, start_response):
        with self.lock:
            fails = self.left == 1
            self.left = max(self.left - 1, 0)
        if not fails:
            return self.app(environ, start_response)
        if self.after:
            list(self.app(environ, lambda *_: None))
        start_response('500 Internal Server Error', [('Content-Type', 'application/x-amz-json-1.0')])
        return [SAID]
