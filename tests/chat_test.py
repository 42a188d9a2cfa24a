"""The chat presets from outside: signed as the tools sign (by Python's hmac), answered, stored or not; and the list of the untaken."""
import base64
import datetime
import hashlib
import hmac
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import serving

ROUTER = sys.argv[1]
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'data', 'intake')
SECRET = 'the webhook secret'
CONFIG = serving.CONFIG + ''.join(f'[chat.{name}]\npreset = "{name}"\nsecret = "{SECRET}"\n' for name in ('tawk', 'intercom', 'zendesk'))
CONFIG += (f'[chat.own]\nsecret = "{SECRET}"\nheader = "X-Own"\nprefix = ""\nhash = "sha1"\nencoding = "base64"\n'
            'signed = "v0:{timestamp}:{body}"\ntimestamp_header = "X-Own-Time"\ntimestamp_in_millis = true\n')


def payload(name):
    with open(os.path.join(DATA, f'chat-{name}.json'), 'rb') as f:
        return f.read()


def sign(text, digest, secret=SECRET):
    return hmac.new(secret.encode(), text, digest)


def at(seconds=0):
    return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)


def tawk(body, secret=SECRET):
    return {'X-Tawk-Signature': sign(body, hashlib.sha1, secret).hexdigest(), 'X-Hook-Event-Id': 'e1'}


def intercom(body, secret=SECRET):
    return {'X-Hub-Signature': 'sha1=' + sign(body, hashlib.sha1, secret).hexdigest()}


def zendesk(body, secret=SECRET, seconds=0):
    time = at(seconds).strftime('%Y-%m-%dT%H:%M:%SZ')
    signature = base64.b64encode(sign(time.encode() + body, hashlib.sha256, secret).digest()).decode()
    return {'X-Zendesk-Webhook-Signature': signature, 'X-Zendesk-Webhook-Signature-Timestamp': time}


def own(body, secret=SECRET, seconds=0):
    time = str(int(at(seconds).timestamp() * 1000))
    signature = base64.b64encode(sign(f'v0:{time}:'.encode() + body, hashlib.sha1, secret).digest()).decode()
    return {'X-Own': signature, 'X-Own-Time': time}


GENERIC = json.dumps({'event': 'finished', 'conversation': 'c1', 'messages': [{'author': 'visitor', 'text': 'Where is my parcel?'}]}).encode()
TAKEN = [('tawk', tawk, payload('tawk-transcript')), ('tawk', tawk, payload('tawk-ticket')), ('intercom', intercom, payload('intercom-closed')),
         ('zendesk', zendesk, payload('zendesk-trigger')), ('zendesk', zendesk, payload('zendesk-created')), ('own', own, GENERIC)]
IGNORED = [('tawk', tawk, payload('tawk-end')), ('intercom', intercom, payload('intercom-ping')), ('intercom', intercom, payload('intercom-taken')),
           ('zendesk', zendesk, payload('zendesk-message')), ('zendesk', zendesk, b'')]


class Chat(unittest.TestCase):
    def setUp(self):
        self.top = tempfile.mkdtemp(prefix='tr-chat-')
        self.addCleanup(shutil.rmtree, self.top)
        self.serve = serving.Serve(ROUTER, os.path.join(self.top, 'data'), config=CONFIG)
        self.serve.start()
        self.addCleanup(self.serve.stop)

    def post(self, source, body, headers):
        return self.serve.ask('POST', f'/chat/{source}', body, {'Content-Type': 'application/json', **headers})[:2]

    def test_signed_conversations_become_tickets_once(self):
        for source, signed, body in TAKEN:
            with self.subTest(source=source, body=body[:60]):
                status, answer = self.post(source, body, signed(body))
                self.assertEqual(status, 202, answer)
                self.assertEqual(self.post(source, body, signed(body)), (202, answer), 'a retry')
                ticket = self.serve.whole(answer['ticket_id'])
                self.assertEqual((ticket['lane'], len(ticket['messages'])), ('chat', 1))
                self.assertIn('[visitor]', ticket['messages'][0]['text'])
        self.assertEqual(len(self.serve.tickets()), len(TAKEN))

    def test_intercom_asks_whether_the_address_is_there(self):
        self.assertEqual(self.serve.ask('HEAD', '/chat/intercom')[:2], (200, ''))
        self.assertEqual(self.serve.ask('HEAD', '/chat/nobody')[0], 404)
        self.assertEqual(self.serve.tickets(), [])

    def test_the_conversation_goes_on(self):
        body = payload('intercom-closed')
        first = self.post('intercom', body, intercom(body))[1]['ticket_id']
        self.serve.wait(lambda: self.serve.whole(first)['state'] == 'landed', 'it lands')
        more = body.replace(b'"5004"', b'"5009"').replace(b'Please pay one back', b'Pay it back immediately')
        self.assertEqual(self.post('intercom', more, intercom(more))[1]['ticket_id'], first)
        self.serve.wait(lambda: len(self.serve.whole(first)['messages']) == 2, 'it is a later message')
        self.assertEqual(self.serve.whole(first)['messages'][1]['new_text'], 'Pay it back immediately')

    def test_other_events_are_stored_nowhere(self):
        for source, signed, body in IGNORED:
            with self.subTest(source=source, body=body[:80]):
                self.assertEqual(self.post(source, body, signed(body)), (202, {'ticket_id': None, 'ignored': True}))
        self.assertEqual(self.serve.tickets(), [])

    def test_what_is_not_signed_so_is_refused(self):
        for source, signed, body in TAKEN:
            with self.subTest(source=source):
                self.assertEqual(self.post(source, body, signed(body, secret='another'))[0], 401)
                self.assertEqual(self.post(source, body + b' ', signed(body))[0], 401)
                self.assertEqual(self.post(source, body, {})[0], 401)
        for source, signed, body in [case for case in TAKEN if case[0] in ('zendesk', 'own')]:
            self.assertEqual(self.post(source, body, signed(body, seconds=-400))[0], 401)
            self.assertEqual(self.post(source, body, signed(body, seconds=400))[0], 401)
        self.assertEqual(self.post('tawk', b'{"event":"ticket:create"}', tawk(b'{"event":"ticket:create"}'))[0], 422)
        self.assertEqual(self.serve.tickets(), [])

    def test_a_preset_that_is_none(self):
        path = os.path.join(self.top, 'bad.toml')
        for text, says in (('preset = "tawkto"\nsecret = "x"', b'"generic", "tawk", "intercom" or "zendesk"'),
                           ('hash = "md5"\nsecret = "x"', b'"sha256" or "sha1"')):
            with open(path, 'w') as f:
                f.write(f'[chat.x]\n{text}\n')
            done = subprocess.run([ROUTER, 'queue', '--config', path, '--data', os.path.join(self.top, 'other')], capture_output=True, timeout=60)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(says, done.stderr)

    def test_the_untaken(self):
        _, answer, _ = self.serve.post_form({'email': 'kim@mail.example', 'subject': 'Login', 'message': 'I cannot log in any more, this is urgent!'})
        self.serve.wait(lambda: self.serve.whole(answer['ticket_id'])['state'] == 'landed', 'it lands')
        ticket = self.serve.whole(answer['ticket_id'])
        self.assertIsNotNone(ticket['waiting_since'])
        self.assertEqual([(timer['kind'], timer['state']) for timer in ticket['timers']], [('timer', 'pending')])
        self.assertNotIn('timer', [delivery['kind'] for delivery in ticket['receipt']['deliveries']])
        self.assertEqual(self.serve.api('GET', '/api/v1/untaken')[1], {'tickets': [], 'total': 0})
        done = subprocess.run([ROUTER, 'queue', '--untaken', '--json', '--data', self.serve.data], capture_output=True, timeout=60)
        self.assertEqual((done.returncode, json.loads(done.stdout)), (0, {'tickets': [], 'total': 0}), done.stderr)
        self.assertIn('/api/v1/untaken', self.serve.get('/api/v1/openapi.json')[1]['paths'])


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0]], verbosity=2)
