"""A running `ticket-router serve` for the Python tests: loopback, a free port, stopped by its process id."""
import hashlib
import hmac
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import time

RULES = os.path.join(os.environ.get('TR_SOURCE', os.path.join(os.path.dirname(__file__), '..')), 'tests', 'data', 'rules-example')
FORM_SECRET = 'a form secret for tests'
CHAT_SECRET = 'a chat secret for tests'
CONFIG = f'[chat.widget]\nsecret = "{CHAT_SECRET}"\n'


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Serve:
    def __init__(self, router, data, rules=RULES, port=None, log=None, config=CONFIG):
        self.router, self.data, self.rules, self.port = router, data, rules, port or free_port()
        self.log = log or os.path.join(data, 'serve.log')
        self.config, self.process = config, None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        os.makedirs(self.data, mode=0o700, exist_ok=True)
        config = os.path.join(self.data, 'config.toml')
        with open(config, 'w') as f:
            f.write(self.config)
        env = dict(os.environ, TR_FORM_SECRET=FORM_SECRET)
        with open(self.log, 'a') as log:
            self.process = subprocess.Popen([self.router, 'serve', '--data', self.data, '--rules', self.rules, '--config', config,
                                             '--listen', f'127.0.0.1:{self.port}'], stdout=log, stderr=log, env=env)
        self.wait(self.is_ready, 'serve is ready')

    def is_ready(self):
        if self.process.poll() is not None:
            with open(self.log) as f:
                raise AssertionError(f'serve ended with {self.process.returncode}: {f.read()[-800:]}')
        try:
            return self.get('/readyz')[0] == 200
        except OSError:
            return False

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """SIGTERM; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    @staticmethod
    def wait(condition, what, seconds=90):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f'waited {seconds} s in vain: {what}')
            time.sleep(0.02)

    def log_text(self):
        with open(self.log) as f:
            return f.read()

    def token(self):
        with open(os.path.join(self.data, 'admin.token')) as f:
            return f.read().strip()

    def ask(self, method, path, body=None, headers=None, timeout=30):
        """(status, parsed JSON or text, headers)"""
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=timeout)
        try:
            raw = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
            connection.request(method, path, raw, headers or {})
            answer = connection.getresponse()
            text = answer.read()
            kind = answer.headers.get('Content-Type', '')
            return answer.status, json.loads(text) if 'json' in kind and text else text.decode('utf-8', 'replace'), answer.headers
        finally:
            connection.close()

    def get(self, path):
        return self.ask('GET', path)

    def api(self, method, path, body=None, **headers):
        named = {name.replace('_', '-'): value for name, value in headers.items()}
        return self.ask(method, path, body, {'Authorization': f'Bearer {self.token()}', **named})

    def post_form(self, fields, **headers):
        named = {name.replace('_', '-'): value for name, value in headers.items()}
        return self.ask('POST', '/form', fields, {'X-Form-Secret': FORM_SECRET, 'Content-Type': 'application/json', **named})

    def post_chat(self, payload):
        raw = json.dumps(payload).encode()
        signature = hmac.new(CHAT_SECRET.encode(), raw, hashlib.sha256).hexdigest()
        return self.ask('POST', '/chat/widget', raw, {'X-Signature': 'sha256=' + signature, 'Content-Type': 'application/json'})

    def tickets(self, query=''):
        """Every ticket's summary, page by page."""
        found, cursor = [], ''
        while True:
            status, page, _ = self.api('GET', f'/api/v1/tickets?limit=200&cursor={cursor}{query}')
            assert status == 200, page
            found += page['tickets']
            cursor = page['next']
            if not cursor:
                return found

    def whole(self, ticket):
        status, body, _ = self.api('GET', f'/api/v1/tickets/{ticket}')
        assert status == 200, body
        return body

    def metric(self, name):
        found = re.search(rf'^ticket_router_{name} (\S+)$', self.get('/metrics')[1], re.M)
        return float(found[1]) if found else None
