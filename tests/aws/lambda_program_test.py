#!/usr/bin/env python3
"""The program of the functions, a process for each, under a stand-in for Lambda's Runtime API, on a whole AWS of emulators.

usage: lambda_program_test.py TICKET_ROUTER TR_PROBE TICKET_ROUTER_LAMBDA
A mail goes from the bucket to the team's inbox; each function takes what Lambda would give it and answers as Lambda expects.
"""
import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.dirname(HERE), os.path.join(os.path.dirname(HERE), 'google')]
import on_moto  # noqa: E402

if not os.environ.get('TR_TOOLS'):
    sys.exit(on_moto.run_with_tools(__file__))

import google_server  # noqa: E402
import on_aws  # noqa: E402
import serving  # noqa: E402
from installation import HOST, SECRET, Installation, url_event  # noqa: E402

ROUTER, PROBE, PROGRAM = sys.argv[1:4]
MAIL = b'''Return-Path: <kim@mail.example>\r
X-SES-Spam-Verdict: PASS\r
From: Kim <kim@mail.example>\r
To: <help@shop.example>\r
Subject: My order\r
Message-ID: <1@mail.example>\r
\r
Where is my delivery, the green kettle? It should have come on Friday.\r
'''


class Functions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.aws = on_aws.whole_aws()
        environment, cls.emulator, cls.model = cls.aws.__enter__()
        cls.installation = Installation(environment, PROGRAM, PROBE)
        cls.functions = {name: cls.installation.start(name) for name in ('mail', 'work', 'web', 'tick', 'drive-sync')}
        assert cls.functions['drive-sync'].call({'job': 'drive-sync'}) == {'version': 1}
        config = os.path.join(tempfile.mkdtemp(), 'aws.toml')
        with open(config, 'w') as f:
            f.write(cls.installation.settings())
        cls.router = staticmethod(lambda *arguments, config=config: subprocess.run(
            [ROUTER, *arguments, '--config', config], env=environment, capture_output=True, text=True, timeout=60))
        cls.token = json.loads(cls.router('token', 'create', '--person', 'admin', '--role', 'admin', '--json').stdout)['token']

    @classmethod
    def tearDownClass(cls):
        for function in cls.functions.values():
            function.end()
        cls.aws.__exit__(None, None, None)

    def call(self, name, event):
        return self.functions[name].call(event)

    def work(self):
        event = self.installation.receive()
        if event['Records']:
            self.assertEqual(self.installation.settle(event, self.call('work', event)), set())
        return len(event['Records'])

    def api(self, path, query=''):
        answer = self.call('web', url_event('GET', path, query=query, authorization='Bearer ' + self.token))
        self.assertEqual(answer['statusCode'], 200, answer)
        return json.loads(answer['body'])

    def test_a_mail_goes_from_the_bucket_to_the_teams_inbox(self):
        before = len(self.emulator.say_mails())
        event = self.installation.lay_mail('first', MAIL)
        self.assertEqual(self.call('mail', event), {})
        self.assertEqual(self.call('mail', event), {}, 'S3 may tell twice')
        self.assertGreaterEqual(self.work(), 1)
        ticket = self.api('/api/v1/tickets', 'q=kim@mail.example')['tickets'][0]
        self.assertEqual((ticket['state'], ticket['team']), ('landed', 'Shipping'))
        self.assertEqual(self.api('/api/v1/tickets/' + ticket['id'])['receipt']['readings'][0]['reader'], 'bedrock')
        cards = [mail for mail in self.emulator.say_mails()[before:] if 'shipping@shop.example' in mail['to']]
        self.assertEqual(len(cards), 1)
        self.assertIn(HOST + '/c/', cards[0]['raw'])
        for function in self.functions.values():
            self.assertNotIn('kettle', function.log_text())
        shown = self.router('ticket', ticket['id'])
        self.assertIn('Shipping', shown.stdout, shown.stderr)

    def test_notifications_may_come_by_a_queue_and_fail_one_by_one(self):
        def record(message_id, body):
            return {'eventSource': 'aws:sqs', 'messageId': message_id, 'receiptHandle': 'r', 'body': body, 'attributes': {}}
        good = json.dumps(self.installation.lay_mail('second', MAIL.replace(b'<1@', b'<2@').replace(b'kim', b'lou')))
        elsewhere = good.replace('tr-mail', 'another')
        missing = json.dumps({'Records': []})
        test = '{"Service":"Amazon S3","Event":"s3:TestEvent"}'
        setup = json.dumps(self.installation.lay_mail('AMAZON_SES_SETUP_NOTIFICATION', b'hello'))
        answer = self.call('mail', {'Records': [record(name, body) for name, body in
                                                (('a', good), ('b', elsewhere), ('c', missing), ('d', test), ('e', setup), ('f', 'no JSON'))]})
        self.assertEqual(answer, {'batchItemFailures': [{'itemIdentifier': name} for name in 'bcf']})
        self.work()

    def test_the_web_function_serves_what_the_server_does(self):
        self.assertEqual(self.call('web', url_event('GET', '/healthz'))['body'], 'ok\n')
        form = self.call('web', url_event('GET', '/form'))
        self.assertEqual((form['statusCode'], form['isBase64Encoded']), (200, False))
        fields = urllib.parse.urlencode({'email': 'pat@mail.example', 'message': 'I want a refund, please: order 7 came too late.',
                                         'secret': serving.FORM_SECRET}).encode()
        posted = self.call('web', url_event('POST', '/form', fields, content_type='application/x-www-form-urlencoded'))
        self.assertEqual(posted['statusCode'], 202, posted)
        self.work()
        self.assertEqual(self.api('/api/v1/tickets/' + json.loads(posted['body'])['ticket_id'])['team'], 'Billing')
        self.assertEqual(self.call('web', url_event('GET', '/api/v1/events', authorization='Bearer ' + self.token))['statusCode'], 204)
        self.assertEqual(self.call('web', url_event('GET', '/api/v1/tickets'))['statusCode'], 401)
        self.assertEqual(self.call('web', url_event('GET', '/api/v1/tickets', host='evil.example'))['statusCode'], 403)

    def test_the_tick_does_its_jobs(self):
        self.assertEqual(set(self.call('tick', {'job': 'tick'})), {'requeued', 'delivered'})
        self.assertEqual(set(self.call('tick', {'detail-type': 'Scheduled Event', 'source': 'aws.events', 'resources': ['arn:aws:events:r:1:rule/every']})),
                         {'requeued', 'delivered'})
        self.assertEqual(self.call('tick', {'job': 'sweep'}), {'requeued': 0, 'finished': 0, 'erased': 0})
        before = len(self.emulator.say_mails())
        self.call('tick', {'job': 'digest'})
        self.call('tick', {'job': 'tick'})
        self.assertEqual([set(mail['to']) for mail in self.emulator.say_mails()[before:]], [{'triage@shop.example'}])

    def test_an_event_of_another_kind_is_refused_and_the_next_one_served(self):
        request, schedule = url_event('GET', '/healthz'), {'job': 'tick'}
        for name, event in (('mail', schedule), ('work', request), ('web', schedule), ('tick', request), ('drive-sync', request)):
            kind, error_type, _ = self.functions[name].api.ask(event)
            self.assertEqual((kind, error_type), ('error', 'Function.invalid'), name)
        answer = self.call('work', {'Records': [{'eventSource': 'aws:sqs', 'messageId': 'x', 'body': 'no item', 'attributes': {}}]})
        self.assertEqual(answer, {'batchItemFailures': [{'itemIdentifier': 'x'}]})

    def test_the_rules_may_come_from_drive(self):
        with google_server.GoogleServer() as google:
            google.lay(*(self.installation.read(name) for name in ('topics.csv', 'teams.csv')),
                       self.installation.read('rules.md') + '\n- Written in Drive.\n')
            self.installation.client['secretsmanager'].create_secret(Name='with-google', SecretString=json.dumps(SECRET | {'google_key': google.key_file()}))
            settings = self.installation.settings().replace('secret = "tr"', 'secret = "with-google"')
            function = self.installation.start('drive-sync', TR_CONFIG=settings + f'[drive]\nfolder = "{google_server.FOLDER}"\nurl = "{google.url}"\n')
            self.addCleanup(function.end)
            version = function.call({'job': 'drive-sync'})['version']
            self.assertGreater(version, 1)
            self.assertEqual(function.call({'job': 'drive-sync'}), {'version': version}, 'nothing changed')
            self.assertEqual(google.troubles, [])
            function.process.kill()  # and its connection to Drive
        # A process that starts now has it.
        web = self.installation.start('web')
        self.addCleanup(web.end)
        answer = web.call(url_event('GET', '/api/v1/rules', authorization='Bearer ' + self.token))
        self.assertIn('Written in Drive.', json.loads(answer['body'])['rules'])

    def test_what_cannot_begin_says_so_and_ends(self):
        for more, says in (({'TR_CONFIG': '[aws]\nqueue = "q"\n'}, 'aws.dead_letters'), ({'TR_CONFIG': ''}, '[aws]'),
                           ({'_HANDLER': 'other'}, 'drive-sync'), ({'TR_CONFIG': self.installation.settings().replace('"tr"', '"none"')}, 'secretsmanager')):
            function = self.installation.start('mail', **({} if '_HANDLER' in more else more))
            if '_HANDLER' in more:
                function.end()
                function = self.installation.start('other')
            path, _, body = function.api.answers.get(timeout=30)
            self.assertEqual(path, '/2018-06-01/runtime/init/error')
            self.assertIn(says, body['errorMessage'])
            self.assertEqual(function.process.wait(30), 1)
            function.end()

    def test_the_doctor_knows_what_only_the_secret_has(self):
        def doctor(settings):
            with tempfile.NamedTemporaryFile('w', suffix='.toml') as config:
                config.write(settings)
                config.flush()
                return self.router('doctor', config=config.name)
        self.assertEqual(doctor(self.installation.settings()).stdout.splitlines()[0], 'Everything is in order.')
        self.installation.client['secretsmanager'].create_secret(Name='with-slack', SecretString=json.dumps(SECRET | {'slack_token': 'xoxb-1'}))
        found = doctor(self.installation.settings().replace('secret = "tr"', 'secret = "with-slack"') + '[slack]\napi_url = "http://127.0.0.1:9/"\n')
        self.assertEqual(found.returncode, 1)
        self.assertIn('there is no signing secret', found.stdout)
        self.assertIn('slack: no answer from 127.0.0.1:9', found.stdout)

    def test_an_export_of_it_is_an_import_elsewhere(self):
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, 'all.jsonl')
            exported = self.router('export', file, '--json')
            self.assertEqual(exported.returncode, 0, exported.stderr)
            imported = subprocess.run([ROUTER, 'import', file, '--data', os.path.join(folder, 'data'), '--json'], capture_output=True, text=True, timeout=60)
            self.assertEqual(imported.returncode, 0, imported.stderr)
            self.assertEqual(json.loads(imported.stdout)['tickets'], json.loads(exported.stdout)['tickets'])

    def test_an_import_into_tables_that_refuse_calls_is_whole(self):
        self.installation.make_store('moved-')
        with tempfile.TemporaryDirectory() as folder:
            first, second, config = (os.path.join(folder, name) for name in ('first.jsonl', 'second.jsonl', 'moved.toml'))
            self.assertEqual(self.router('export', first).returncode, 0)
            with open(config, 'w') as f:
                f.write(self.installation.settings().replace('"tr-mail"', '"moved-mail"').replace('"tr-rules"', '"moved-rules"') + 'tables = "moved-"\n')
            self.emulator.say_throttle(30)
            try:
                imported = self.router('import', first, config=config)
            finally:
                self.emulator.say_throttle(0)
            self.assertEqual(imported.returncode, 0, imported.stderr)
            self.assertEqual(self.router('export', second, config=config).returncode, 0)
            self.assertTrue(self.imported_lines(first) == self.imported_lines(second))

    def imported_lines(self, file):
        """An export's lines as an import of it gives them back: originals are called by their bytes."""
        with open(file) as f:
            text = f.read()
        for original in [json.loads(line)['original'] for line in text.splitlines() if line.startswith('{"original"')]:
            name = hashlib.sha256(base64.b64decode(original['base64'])).hexdigest()
            text = text.replace(json.dumps(original['key']), json.dumps(name))
        return sorted(text.splitlines())

    def mail_in(self, name, raw):
        """Gives the event of its item."""
        self.assertEqual(self.call('mail', self.installation.lay_mail(name, raw)), {})
        return self.installation.receive()

    def test_what_was_received_too_often_stands_in_triage(self):
        event = self.mail_in('deadly', MAIL.replace(b'<1@', b'<deadly@').replace(b'kim', b'deadly'))
        for record in event['Records']:
            record['attributes']['ApproximateReceiveCount'] = '12'
        self.assertEqual(self.installation.settle(event, self.call('work', event)), set())
        ticket = self.api('/api/v1/tickets', 'q=deadly@mail.example')['tickets'][0]
        self.assertEqual(ticket['team'], 'Triage')
        self.assertTrue(self.api('/api/v1/tickets/' + ticket['id'])['dead_lettered'])

    def test_a_file_that_no_function_can_answer_says_so(self):
        large = b'--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        raw = (b'From: Lou <lou@mail.example>\r\nTo: help@shop.example\r\nSubject: Large\r\nMessage-ID: <large@mail.example>\r\nMIME-Version: 1.0\r\n'
               b'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nWhere is my delivery?\r\n' + large + base64.encodebytes(os.urandom(5_000_000)) + b'--b--\r\n')
        event = self.mail_in('large', raw)
        ticket = json.loads(event['Records'][0]['body'])['ticket']
        self.installation.settle(event, self.call('work', event))
        answer = self.call('web', url_event('GET', f'/api/v1/tickets/{ticket}/attachments/1', authorization='Bearer ' + self.token))
        self.assertEqual(answer['statusCode'], 413)
        self.assertIn('6 MB', json.loads(answer['body'])['detail'])


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0]], verbosity=1)
