#!/usr/bin/env python3
"""`serve` with each kind of reader against a stand-in for the vendors: readings, costs, errors, budgets, repairs, prompts.
usage: models_test.py TICKET-ROUTER TR-PROBE"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE, os.path.dirname(HERE)]


def use_tools():
    """Runs again inside the tests' own Python, which has botocore; 77 where it cannot be had."""
    done = subprocess.run(['sh', os.path.join(TOP, 'scripts', 'test_tools.sh')], capture_output=True, text=True)
    if done.returncode != 0:
        print('skipped: the tests\' Python cannot be made:', done.stderr[-300:])
        sys.exit(77)
    python = os.path.join(done.stdout.strip().splitlines()[-1], 'bin', 'python')
    os.execv(python, [python, *sys.argv])


try:
    import botocore  # noqa: F401
except ImportError:
    use_tools()

import model_server  # noqa: E402
import serving  # noqa: E402

ROUTER = sys.argv[1]
REMOTE = 'kind = "openai-compatible"\nurl = "https://models.example/v1"\nmodel = "large"\n'
PRICES = 'input_price = 1.0\noutput_price = 5.0\n'


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.model = model_server.ModelServer()
        self.model.__enter__()
        self.addCleanup(self.model.__exit__)

    def config(self, kind, extra=''):
        lines = {'anthropic': f'url = "{self.model.url}"\nkey = "sk-test"\n', 'bedrock': '', 'embedded': '',
                 'openai-compatible': f'url = "{self.model.url}/v1"\nkey = "sk-test"\nmodel = "llama"\n'}
        lines['cascade'] = 'cascade_to = "anthropic"\n' + lines['anthropic']
        return serving.CONFIG + f'[reader]\nkind = "{kind}"\n' + lines[kind] + PRICES + extra

    def serve(self, kind, extra=''):
        self.enterEnvironment({'AWS_ACCESS_KEY_ID': 'AKIDEXAMPLE', 'AWS_SECRET_ACCESS_KEY': 'example', 'AWS_REGION': 'eu-central-1',
                               'AWS_ENDPOINT_URL_BEDROCK_RUNTIME': self.model.url})
        server = serving.Serve(ROUTER, os.path.join(self.folder.name, 'data'), config=self.config(kind, extra))
        server.start()
        self.addCleanup(server.stop)
        return server

    def enterEnvironment(self, variables):
        before = {name: os.environ.get(name) for name in variables}
        os.environ.update(variables)
        self.addCleanup(lambda: [os.environ.pop(n, None) if v is None else os.environ.__setitem__(n, v) for n, v in before.items()])

    def land(self, server, text, email='kim@mail.example', subject='A question'):
        status, body, _ = server.post_form({'email': email, 'subject': subject, 'message': text})
        self.assertEqual(status, 202, body)
        ticket = body['ticket_id']
        serving.Serve.wait(lambda: server.whole(ticket)['state'] not in ('received', 'read'), 'the ticket landed')
        return server.whole(ticket)

    def reading(self, ticket):
        readings = ticket['receipt']['readings']
        self.assertEqual(len(readings), 1)
        return readings[0].get('reading', readings[0])


class Kinds(Case):
    def test_each_kind_reads_and_says_what_it_cost(self):
        for kind in ('bedrock', 'anthropic', 'openai-compatible'):
            with self.subTest(kind):
                self.folder.cleanup()
                server = self.serve(kind)
                ticket = self.land(server, 'About my delivery, please: where did the green kettle go? My card is 4111 1111 1111 1111.')
                reading = self.reading(ticket)
                self.assertEqual((reading['reader'], reading['topic']), (kind, 'delivery'))
                self.assertEqual((reading['input_tokens'], reading['output_tokens'], reading['cost_micros']), (700, 60, 1000))
                self.assertEqual(ticket['team'], 'Shipping')
                self.assertAlmostEqual(server.metric('model_cost_total'), 0.001)
                self.assertEqual(server.metric('model_calls_total'), 1)
                self.assertAlmostEqual(server.metric('model_month_cost'), 0.001)
                self.assertEqual([server.metric(f'model_month_{name}') for name in ('calls', 'input_tokens', 'output_tokens')], [1, 700, 60])
                sent = self.model.requests[-1]
                self.assertNotIn('4111', json.dumps(sent['body']))
                self.assertNotIn('sk-test', server.log_text())
                self.assertNotIn('green kettle', server.log_text())
                server.stop()
        self.assertEqual(self.model.troubles, [])

    def test_redaction_can_be_switched_off(self):
        server = self.serve('anthropic', 'redact = false\n')
        self.land(server, 'My delivery was paid by 4111 1111 1111 1111, where is it?')
        self.assertIn('4111', self.model.requests[-1]['user'])

    def test_the_cascade_asks_only_where_the_embedded_reader_is_unsure(self):
        server = self.serve('cascade')
        sure = self.land(server, 'My parcel has not arrived and the tracking does not move. Where is my parcel?')
        unsure = self.land(server, 'The loyalty stamps vanished from my bonus booklet', 'lou@mail.example')
        self.assertEqual(self.reading(unsure)['reader'], 'anthropic')
        self.assertEqual(self.reading(sure)['reader'], 'embedded')
        self.assertEqual(len(self.model.requests), 1)

    def test_a_correction_becomes_an_example(self):
        server = self.serve('anthropic')
        ticket = self.land(server, 'The loyalty stamps vanished from my bonus booklet')
        status, body, _ = server.api('POST', f'/api/v1/tickets/{ticket["id"]}/reassign', {'topic': 'login'},
                                     If_Match=f'"{ticket["version"]}"', Idempotency_Key='a')
        self.assertEqual(status, 200, body)
        self.land(server, 'My loyalty stamps vanished, the bonus booklet is blank', 'lou@mail.example')
        self.assertRegex(self.model.requests[-1]['user'], r'stamps vanished[^\n]*" = login\n')

    def test_explain_and_eval_ask_the_same_model(self):
        config = os.path.join(self.folder.name, 'c.toml')
        with open(config, 'w') as f:
            f.write(self.config('anthropic'))
        ticket = json.dumps({'lane': 'form', 'from': {'address': 'kim@mail.example'}, 'subject': 'x', 'text': 'About my delivery of last week'})
        done = subprocess.run([ROUTER, 'explain', '--config', config, '--rules', serving.RULES, '--json-in', '--at', '2026-03-02T10:00:00Z'],
                              input=ticket, capture_output=True, text=True, timeout=60)
        explained = json.loads(done.stdout)
        self.assertEqual((explained['reading']['reader'], explained['decision']['team']), ('anthropic', 'Shipping'), done.stderr)
        rows = os.path.join(self.folder.name, 'rows.jsonl')
        with open(rows, 'w') as f:
            for topic in ('delivery', 'refund'):
                for n in range(3):
                    f.write(json.dumps({'text': f'a {topic} matter {n}', 'topic': topic}) + '\n')
            f.write(json.dumps({'text': 'the weather', 'topic': None}) + '\n')
        done = subprocess.run([ROUTER, 'eval', '--config', config, '--train', rows, '--test', rows], capture_output=True, text=True, timeout=60)
        measured = json.loads(done.stdout)
        self.assertEqual((measured['topic']['accuracy'], measured['out_of_scope']['recall'], measured['failed']), (1.0, 1.0, 0), measured)
        self.assertAlmostEqual(measured['cost'], 0.007)

    def test_the_doctor_asks_the_model(self):
        for key, says in (('sk-test', 'in order'), ('sk-wrong', 'refuses the key')):
            config = os.path.join(self.folder.name, 'c.toml')
            with open(config, 'w') as f:
                f.write(self.config('anthropic').replace('sk-test', key))
            data = os.path.join(self.folder.name, 'data')
            done = subprocess.run([ROUTER, 'doctor', '--config', config, '--data', data, '--rules', serving.RULES], capture_output=True, text=True, timeout=60)
            model = [line for line in done.stdout.splitlines() if 'the model' in line]
            self.assertEqual(bool(model), key == 'sk-wrong', done.stdout + done.stderr)
            if model:
                self.assertIn(says, model[0])

    def test_cost_says_what_was_spent(self):
        server = self.serve('anthropic')
        self.land(server, 'About my delivery of last week')
        done = subprocess.run([ROUTER, 'cost', '--json', '--data', server.data], capture_output=True, text=True, timeout=60)
        cost = json.loads(done.stdout)
        self.assertEqual(cost['reader'], 'anthropic')
        self.assertEqual({k: v for k, v in cost['months'][0].items() if k != 'month'},
                         {'calls': 1, 'input_tokens': 700, 'output_tokens': 60, 'cost': 0.001})


class Troubles(Case):
    def test_every_documented_error(self):
        for kind in ('bedrock', 'anthropic', 'openai-compatible'):
            with self.subTest(kind):
                self.folder.cleanup()
                server = self.serve(kind)
                errors = self.model.errors[kind]
                self.assertGreaterEqual(len(errors), 8)
                tickets = {}
                for name in errors:
                    status, body, _ = server.post_form({'email': f'{name.lower()}@mail.example', 'subject': 'A question',
                                                        'message': f'fail with {name} about my parcel that has not arrived'})
                    self.assertEqual(status, 202)
                    tickets[name] = body['ticket_id']
                for name, ticket in tickets.items():
                    serving.Serve.wait(lambda: server.whole(ticket)['state'] == 'landed', name)
                    whole = server.whole(ticket)
                    self.assertEqual(self.reading(whole)['reader'], 'embedded', name)
                    calls = sum(f'fail with {name} ' in request['user'] for request in self.model.requests)
                    self.assertEqual(calls, 3 if model_server.is_transient(errors[name]) else 1, f'{kind} {name}')
                self.assertNotIn('repeats what', server.log_text())
                self.assertEqual(server.metric('model_cost_total'), 0)
                server.stop()
        self.assertEqual(self.model.troubles, [])

    def test_an_answer_that_was_lost_is_counted_as_spent(self):
        for kind in ('bedrock', 'anthropic', 'openai-compatible'):
            with self.subTest(kind):
                self.folder.cleanup()
                self.model.requests.clear()
                server = self.serve(kind)
                costs = []
                for text in ('hang up', 'answer garbage'):
                    ticket = self.land(server, f'{text}: my parcel has not arrived', f'{text[:4]}@mail.example')
                    self.assertEqual(self.reading(ticket)['reader'], 'embedded')
                    costs.append(self.reading(ticket)['cost_micros'])
                self.assertNotIn('Welcome', server.log_text())
                month = server.api('GET', '/api/v1/cost')[1]['months'][0]
                self.assertEqual((month['calls'], len(self.model.requests)), (2, 2), 'what may be billed is not bought again')
                self.assertAlmostEqual(sum(costs) / 1e6, month['cost'])
                self.assertGreater(month['cost'], 0.002 * len(self.model.requests), 'what such a call may cost at most')
                self.assertAlmostEqual(server.metric('model_cost_total'), month['cost'])
                server.stop()

    def test_an_answer_outside_the_form_is_asked_for_once_more(self):
        server = self.serve('anthropic')
        for text in ('answer nonsense about my delivery', 'say nothing about my delivery'):
            before = len(self.model.requests)
            ticket = self.land(server, text, f'{text[:3]}@mail.example')
            self.assertEqual(self.reading(ticket)['reader'], 'embedded')
            self.assertEqual(self.reading(ticket)['cost_micros'], 2000, 'both answers stand in the receipt')
            self.assertEqual(len(self.model.requests) - before, 2)
            self.assertIn('was refused', self.model.requests[-1]['user'])
        self.assertEqual(server.metric('model_answers_refused_total'), 4)

    def test_a_spent_budget_is_never_overspent(self):
        server = self.serve('anthropic', 'monthly_budget = 0.0045\n')
        readers = [self.reading(self.land(server, f'My delivery number {n} is late', f'c{n}@mail.example'))['reader'] for n in range(6)]
        self.assertEqual(readers[0], 'anthropic')
        self.assertEqual(readers[-1], 'embedded')
        self.assertLessEqual(server.metric('model_cost_total'), 0.0045)
        self.assertGreater(server.metric('model_over_budget_total'), 0)
        server.stop()
        server.start()
        self.assertEqual(server.metric('model_cost_total'), 0, 'of this process')
        self.assertGreater(server.metric('model_month_cost'), 0, 'of all')
        ticket = self.land(server, 'My delivery is late again', 'd@mail.example')
        self.assertEqual(self.reading(ticket)['reader'], 'embedded', 'the month is remembered')

    def test_a_model_that_is_down_delays_and_loses_nothing(self):
        port = serving.free_port()
        server = serving.Serve(ROUTER, os.path.join(self.folder.name, 'data'), config=serving.CONFIG + '[reader]\nkind = "openai-compatible"\n'
                               f'url = "http://127.0.0.1:{port}/v1"\nmodel = "llama"\n')
        server.start()
        self.addCleanup(server.stop)
        self.assertEqual(self.reading(self.land(server, 'My parcel has not arrived'))['reader'], 'embedded')

    def test_a_kind_that_lacks_its_settings_does_not_start(self):
        for lines, says in (('kind = "anthropic"\n', 'reader.key'), ('kind = "openai-compatible"\n', 'reader.url'),
                            ('kind = "openai-compatible"\nurl = "http://x"\n', 'reader.model'), ('kind = "gpt"\n', 'openai-compatible'),
                            (REMOTE, 'reader.input_price and reader.output_price'), (REMOTE + 'input_price = 1.0\n', 'reader.output_price'),
                            ('monthly_budget = -1\n', 'reader.monthly_budget')):
            config = os.path.join(self.folder.name, 'c.toml')
            with open(config, 'w') as f:
                f.write('[reader]\n' + lines)
            env = {k: v for k, v in os.environ.items() if k != 'TR_MODEL_KEY'}
            done = subprocess.run([ROUTER, 'serve', '--data', os.path.join(self.folder.name, 'd'), '--rules', serving.RULES, '--config', config,
                                   '--listen', '127.0.0.1:0'], capture_output=True, text=True, timeout=60, env=env)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(says, done.stderr)

    def test_a_server_that_bills_needs_prices_or_no_budget(self):
        for lines in (REMOTE + PRICES, REMOTE + 'monthly_budget = 0\n', REMOTE + 'input_price = 0.0\noutput_price = 0.0\n',
                      REMOTE.replace('https://models.example', 'http://gpu-box:8000')):
            with self.subTest(lines):
                server = serving.Serve(ROUTER, os.path.join(self.folder.name, 'data'), config=serving.CONFIG + '[reader]\n' + lines)
                server.start()
                server.stop()


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0]], verbosity=1)
