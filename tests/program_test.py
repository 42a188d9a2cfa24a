#!/usr/bin/env python3
"""The built program from outside: its commands and its HTTP, with what users do right and wrong.

usage: program_test.py TICKET_ROUTER [/PATH/OF/TR_PROBE] [CLASS.TEST …]
"""
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import unittest

from serving import RULES, Serve, free_port

ROUTER = ''
MAIL = (b'From: Kim <kim@mail.example>\r\nTo: help@shop.example\r\nSubject: Order 12\r\nMessage-ID: <one@mail.example>\r\n'
        b'Date: Tue, 8 Dec 2026 10:00:00 +0000\r\n\r\nI was charged twice for my order, please help.\r\n')


def run(*arguments, stdin=b'', env=None):
    return subprocess.run([ROUTER, *arguments], input=stdin, capture_output=True, timeout=120, env=env)


class Folder(unittest.TestCase):
    """A data folder and a rules folder of its own for each test."""

    def setUp(self):
        self.top = tempfile.mkdtemp(prefix='tr-program-')
        self.data = os.path.join(self.top, 'data')
        self.rules = os.path.join(self.top, 'rules')
        shutil.copytree(RULES, self.rules)
        self.addCleanup(shutil.rmtree, self.top, ignore_errors=True)

    def serve(self):
        serve = Serve(ROUTER, self.data, self.rules)
        serve.start()
        self.addCleanup(serve.stop)
        return serve

    def one_line(self, done, code):
        self.assertEqual(done.returncode, code, done.stderr)
        lines = done.stderr.decode().strip().splitlines()
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith('ticket-router: '), lines)


class Commands(Folder):
    def test_usage_errors_are_one_line_and_64(self):
        for arguments in ([], ['nothing'], ['rules', 'check'], ['ticket', '--nothing'], ['serve', '--data']):
            self.one_line(run(*arguments), 64)

    def test_every_command_has_help_with_an_example(self):
        for command in (['serve'], ['demo'], ['mail'], ['mail', 'parse'], ['explain'], ['rules', 'check'], ['rules', 'test'], ['rules', 'history'],
                        ['rules', 'restore'], ['replay'], ['eval'], ['queue'], ['ticket'], ['reassign'], ['bump'], ['split'], ['merge'], ['take'],
                        ['release'], ['done'], ['undo'], ['restore'], ['forget'], ['examples'], ['export'], ['import'], ['digest'], ['cost'], ['doctor'], ['redrive'],
                        ['token', 'create'], ['token', 'list'], ['token', 'remove']):
            done = run(*command, '--help')
            self.assertEqual(done.returncode, 0, command)
            self.assertIn(b'Example:', done.stdout, command)

    def test_rules_check_and_test(self):
        self.assertEqual(run('rules', 'check', self.rules).returncode, 0)
        done = run('rules', 'test', self.rules)
        self.assertEqual((done.returncode, done.stdout.strip()), (0, b'43 passed, 0 failed'))
        with open(os.path.join(self.rules, 'rules.md'), 'a') as f:
            f.write('\n## Prioritty rules\n\n- angry -> escalate\n')
        done = run('rules', 'check', self.rules)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b'Did you mean "Priority rules"?', done.stdout)
        self.one_line(run('rules', 'check', self.top + '/nowhere'), 66)

    def test_rules_check_with_data_knows_the_settings_and_the_tickets(self):
        config = os.path.join(self.top, 'settings.toml')
        with open(config, 'w') as f:
            f.write('[mail]\naddresses = ["Billing@Shop.example"]\n')
        self.assertNotIn(b'intake address', run('rules', 'check', self.rules).stdout)
        done = run('rules', 'check', self.rules, '--data', self.data, '--config', config)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b'is also an intake address', done.stdout)
        for n in range(21):
            mail = f'From: kim{n}@mail.example\nSubject: Parcel\nMessage-ID: <{n}@mail.example>\n\nWhere is parcel {n}, please?\n'
            self.assertEqual(run('mail', '--data', self.data, stdin=mail.encode()).returncode, 0)
        serve = self.serve()
        serve.wait(lambda: sum(t['state'] == 'landed' for t in serve.tickets()) == 21, 'they land')
        done = run('rules', 'check', self.rules, '--data', self.data)
        self.assertIn(b'nobody wrote about', done.stdout)

    def test_explain_prints_the_receipt(self):
        done = run('explain', '--rules', self.rules, '--at', '2026-12-08T10:00:00Z', stdin=MAIL)
        receipt = json.loads(done.stdout)
        self.assertEqual(receipt['decision']['team'], 'Billing')
        self.assertEqual(receipt['handoff']['rank'], 'priority')
        self.assertTrue(any(reason['decided'] for reason in receipt['decision']['reasons']))
        ticket = json.dumps({'lane': 'form', 'from': {'address': 'a@b.example'}, 'subject': '', 'text': 'hello?'}).encode()
        self.assertEqual(json.loads(run('explain', '--rules', self.rules, '--json-in', stdin=ticket).stdout)['decision']['move'], 'hold')
        self.one_line(run('explain', '--rules', self.rules, '--json-in', stdin=b'{'), 65)
        self.one_line(run('explain', '--rules', self.rules, '--at', 'noon', stdin=MAIL), 65)

    def test_settings_are_refused_with_a_hint(self):
        config = os.path.join(self.top, 'c.toml')
        for text, hint in (('[http]\nlisten_on = "x"\n', b'http.listen'), ('[keep]\ntexts_days = "x"\n', b'a number'), ('[[', b'line 1'),
                           ('[chat.x]\nheader = "X"\n', b'secret')):
            with open(config, 'w') as f:
                f.write(text)
            done = run('serve', '--data', self.data, '--rules', self.rules, '--config', config)
            self.one_line(done, 78)
            self.assertIn(hint, done.stderr, text)

    def test_eval_measures(self):
        rows = os.path.join(self.top, 'rows.jsonl')
        with open(rows, 'w') as f:
            for i in range(8):
                f.write(json.dumps({'text': f'where is my parcel {i}', 'topic': 'delivery'}) + '\n')
                f.write(json.dumps({'text': f'my card was declined {i}', 'topic': 'payment'}) + '\n')
        figures = json.loads(run('eval', '--train', rows, '--test', rows).stdout)
        self.assertGreater(figures['topic']['accuracy'] if isinstance(figures.get('topic'), dict) else figures['topic.accuracy'], 0.9)


class Pipe(Folder):
    def test_mail_without_serve_is_stored_once(self):
        for _ in range(2):
            done = run('mail', '--data', self.data, stdin=MAIL)
            self.assertEqual((done.returncode, done.stderr), (0, b''))
        page = json.loads(run('ticket', '--data', self.data, '--json').stdout)
        self.assertEqual([ticket['subject'] for ticket in page['tickets']], ['Order 12'])

    def test_anything_is_a_mail(self):
        for raw in (b'', b'\0\0\0', b'\xff\xfe\xfd', b'no headers at all', b'Subject: ' + b'x' * 100000, b'From: a@b.example\n\n'):
            self.assertEqual(run('mail', '--data', self.data, stdin=raw).returncode, 0, raw[:20])

    def test_forty_mebibytes_and_one_byte(self):
        limit = 40 * 1024 * 1024
        head = b'From: a@b.example\r\n\r\n'
        self.assertEqual(run('mail', '--data', self.data, stdin=head + b'a' * (limit - len(head))).returncode, 0)
        self.one_line(run('mail', '--data', self.data, stdin=head + b'a' * (limit - len(head) + 1)), 65)

    def test_a_data_folder_that_cannot_be_used_is_tried_again(self):
        with open(self.data, 'w') as f:
            f.write('a file')
        self.one_line(run('mail', '--data', self.data, stdin=MAIL), 75)

    def test_a_data_folder_of_a_newer_version(self):
        run('mail', '--data', self.data, stdin=MAIL)
        db = sqlite3.connect(os.path.join(self.data, 'ticket-router.db'))
        db.execute('PRAGMA user_version = 99')
        db.close()
        self.one_line(run('mail', '--data', self.data, stdin=MAIL), 75)
        done = run('serve', '--data', self.data, '--rules', self.rules)
        self.one_line(done, 69)
        self.assertIn(b'newer', done.stderr)

    def test_a_full_disk_is_tried_again_and_stores_nothing_half(self):
        # A file system of 4 MiB of our own, in a mount namespace of our own.
        script = ('mount -t tmpfs -o size=4m disk "$1" && "$2" rules check "$4" >/dev/null && "$2" mail --data "$1/data" < "$3"'
                  ' && { dd if=/dev/zero of="$1/filler" bs=64k 2>/dev/null; dd if=/dev/zero of="$1/filler2" bs=1 2>/dev/null; true; }'
                  ' && { "$2" mail --data "$1/data" < "$5"; echo "first $?"; rm "$1/filler" "$1/filler2"; "$2" mail --data "$1/data" < "$5"; echo "second $?"; }'
                  ' && "$2" ticket --data "$1/data" --json')
        disk, one, two = (os.path.join(self.top, name) for name in ('disk', 'one.eml', 'two.eml'))
        os.mkdir(disk)
        with open(one, 'wb') as f:
            f.write(MAIL)
        with open(two, 'wb') as f:
            f.write(b'From: Lee <lee@mail.example>\r\nSubject: Big\r\nMessage-ID: <two@mail.example>\r\n\r\n' + b'A line of words.\r\n' * 20000)
        if subprocess.run(['unshare', '-rm', 'mount', '-t', 'tmpfs', 'disk', disk], capture_output=True).returncode != 0:
            self.skipTest('this machine lets no user mount a file system of their own')
        done = subprocess.run(['unshare', '-rm', 'sh', '-c', script, 'sh', disk, ROUTER, one, self.rules, two], capture_output=True, timeout=120)
        lines = done.stdout.decode().splitlines()
        self.assertEqual(lines[:2], ['first 75', 'second 0'], done.stderr)
        self.assertEqual(sorted(ticket['subject'] for ticket in json.loads(lines[2])['tickets']), ['Big', 'Order 12'])
        self.assertEqual(len(done.stderr.decode().strip().splitlines()), 1, done.stderr)
        self.assertIn(b'disk', done.stderr)

    def test_mail_beside_serve_lands(self):
        serve = self.serve()
        self.assertEqual(run('mail', '--data', self.data, stdin=MAIL).returncode, 0)
        serve.wait(lambda: [t['state'] for t in serve.tickets()] == ['landed'], 'the mail lands')


class Carry(Folder):
    def test_what_is_exported_imports_to_the_same_file(self):
        for i in range(3):
            self.assertEqual(run('mail', '--data', self.data, stdin=MAIL.replace(b'one@', f'{i}@'.encode())).returncode, 0)
        first, second = os.path.join(self.top, 'first'), os.path.join(self.top, 'second')
        self.assertEqual(run('export', first, '--data', self.data).returncode, 0)
        self.assertEqual(os.stat(first).st_mode & 0o777, 0o600)
        self.assertEqual(run('import', first, '--data', self.top + '/new').returncode, 0)
        self.assertEqual(run('export', second, '--data', self.top + '/new').returncode, 0)
        with open(first, 'rb') as a, open(second, 'rb') as b:
            lines = a.read()
            self.assertEqual(lines, b.read())
        self.assertIn(b'"original"', lines)
        done = run('import', first, '--data', self.top + '/new')
        self.one_line(done, 65)
        self.assertIn(b'not empty', done.stderr)

    def test_a_file_that_was_cut_off_stores_nothing(self):
        run('mail', '--data', self.data, stdin=MAIL)
        whole = os.path.join(self.top, 'whole')
        run('export', whole, '--data', self.data)
        with open(whole, 'rb') as f:
            lines = f.readlines()
        with open(whole, 'wb') as f:
            f.writelines(lines[:-1])
        self.one_line(run('import', whole, '--data', self.top + '/new'), 65)
        self.assertFalse(os.path.exists(self.top + '/new'))

    def test_where_there_is_nothing_and_while_serve_runs(self):
        self.one_line(run('export', self.top + '/x', '--data', self.top + '/nothing'), 66)
        self.one_line(run('import', self.top + '/x', '--data', self.top + '/new'), 66)
        self.serve()
        self.one_line(run('export', self.top + '/x', '--data', self.data), 75)


class Serving(Folder):
    def test_a_second_serve_says_so(self):
        self.serve()
        done = run('serve', '--data', self.data, '--rules', self.rules, '--listen', f'127.0.0.1:{free_port()}')
        self.one_line(done, 75)

    def test_a_port_in_use(self):
        with socket.socket() as s:
            s.bind(('127.0.0.1', 0))
            s.listen()
            done = run('serve', '--data', self.data, '--rules', self.rules, '--listen', f'127.0.0.1:{s.getsockname()[1]}')
        self.one_line(done, 69)
        self.assertIn(b'in use', done.stderr)

    def test_broken_rules_without_a_good_book(self):
        with open(os.path.join(self.rules, 'rules.md'), 'a') as f:
            f.write('\n## Nonsense list\n\n- x\n')
        self.one_line(run('serve', '--data', self.data, '--rules', self.rules), 78)

    def test_sigterm_drains(self):
        serve = self.serve()
        for i in range(50):
            self.assertEqual(serve.post_form({'email': f'c{i}@mail.example', 'subject': f's{i}', 'message': f'Where is my parcel number {i} please'})[0], 202)
        self.assertEqual(serve.stop(), 0)
        self.assertFalse(os.path.exists(os.path.join(self.data, 'serve.json')))

    def test_an_edit_is_in_force_within_seconds_and_a_bad_one_never(self):
        serve = self.serve()
        path = os.path.join(self.rules, 'rules.md')
        with open(path) as f:
            good = f.read()
        with open(path, 'w') as f:
            f.write(good.replace('urgent*,', 'urgent*, blitzartig,'))
        serve.wait(lambda: serve.api('GET', '/api/v1/rules')[1]['version'] == 2, 'version 2 is in force', 10)
        with open(path, 'w') as f:
            f.write(good.replace('- angry and VIP -> escalate', '- angry or VIP and high -> escalate'))
        serve.wait(lambda: 'stay in force' in serve.log_text(), 'the trouble is told', 10)
        self.assertEqual(serve.api('GET', '/api/v1/rules')[1]['version'], 2)
        done = run('rules', 'restore', '1', '--data', self.data)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(path) as f:
            self.assertEqual(f.read(), good)
        self.assertEqual(len(json.loads(run('rules', 'history', '--data', self.data, '--json').stdout)['versions']), 3)

    def test_replay_and_doctor_and_digest(self):
        serve = self.serve()
        serve.post_form({'email': 'kim@mail.example', 'subject': 'Stock', 'message': 'Is the blue one coming back blitzartig?'})
        serve.wait(lambda: all(t['state'] == 'landed' for t in serve.tickets()) and serve.tickets(), 'it lands')
        draft = os.path.join(self.top, 'draft')
        shutil.copytree(self.rules, draft)
        with open(os.path.join(draft, 'rules.md')) as f:
            text = f.read()
        with open(os.path.join(draft, 'rules.md'), 'w') as f:
            f.write(text.replace('urgent*,', 'urgent*, blitzartig,'))
        report = json.loads(run('replay', '--data', self.data, '--rules', draft, '--json').stdout)
        self.assertEqual([row['after']['rank'] for row in report['changed']], ['priority'])
        doctor = run('doctor', '--data', self.data, '--rules', self.rules)
        self.assertEqual(doctor.returncode, 1)
        self.assertRegex(doctor.stdout, rb'\Ainboxes: no mail leaves this installation.*Triage.*\nNot seen from here: deliveries')
        self.assertIn(b'1 received', run('digest', '--data', self.data).stdout)


class Api(Folder):
    def landed(self, serve, **fields):
        status, body, _ = serve.post_form({'email': 'kim@mail.example', 'name': 'Kim', 'subject': 'Parcel', 'message': 'My parcel is late, where is it?', **fields})
        self.assertEqual(status, 202, body)
        serve.wait(lambda: serve.whole(body['ticket_id'])['state'] != 'received', 'it lands')
        return serve.whole(body['ticket_id'])

    def test_the_form_refuses_and_stores_nothing_half(self):
        serve = self.serve()
        good = {'email': 'kim@mail.example', 'subject': 's', 'message': 'm'}
        form = 'application/x-www-form-urlencoded'
        cases = [({**good, 'email': 'nobody'}, {}, 422), ({**good, 'subject': '', 'message': ' '}, {}, 422), (b'{', {}, 422), (b'[]', {}, 422),
                 (b'{"email":"\xff"}', {}, 422), (good, {'X_Form_Secret': 'wrong'}, 401), (b'a' * 300_000, {}, 422), (b'x' * 2_000_000, {}, 413),
                 (b'email=nobody&message=x', {'Content_Type': form}, 422)]
        for body, headers, wanted in cases:
            status, answer, _ = serve.post_form(body, **headers)
            self.assertEqual(status, wanted, (body if len(body) < 100 else '…', answer))
            self.assertIn('detail', answer)
        self.assertEqual(serve.tickets(), [])

    def test_the_form_page_works_without_a_secret(self):
        serve = self.serve()
        status, page, headers = serve.get('/form')
        self.assertEqual(status, 200)
        self.assertIn("default-src 'none'", headers['Content-Security-Policy'])
        token = page.split('name="token" value="')[1].split('"')[0]
        body = f'email=kim%40mail.example&subject=Hi&message=Where+is+my+parcel%3F&token={token}&submission=s1'.encode()
        for _ in range(2):
            status, answer, _ = serve.ask('POST', '/form', body, {'Content-Type': 'application/x-www-form-urlencoded', 'Accept': 'text/html'})
            self.assertEqual(status, 202, answer)
            self.assertIn('Thank you', answer)
        self.assertEqual(len(serve.tickets()), 1)
        self.assertEqual(serve.ask('POST', '/form', body.replace(token.encode(), b'1.2'), {'Content-Type': 'application/x-www-form-urlencoded'})[0], 401)

    def test_a_filled_honeypot_is_suspect(self):
        serve = self.serve()
        serve.post_form({'email': 'bot@mail.example', 'subject': 's', 'message': 'buy', 'website': 'http://spam.example'})
        ticket = serve.tickets()[0]
        self.assertEqual(ticket['state'], 'suspect')
        status, whole, _ = serve.api('POST', f"/api/v1/tickets/{ticket['id']}/restore", {}, If_Match='"1"')
        self.assertEqual((status, whole['state']), (200, 'received'))
        serve.wait(lambda: serve.whole(ticket['id'])['state'] == 'landed', 'the restored one lands')

    def test_tokens_hosts_and_origins(self):
        serve = self.serve()
        self.assertEqual(serve.get('/api/v1/teams')[0], 401)
        self.assertEqual(serve.ask('GET', '/api/v1/teams', None, {'Authorization': 'Bearer wrong'})[0], 401)
        self.assertEqual(serve.api('GET', '/api/v1/teams', None, Host='evil.example')[0], 403)
        self.assertEqual(serve.api('GET', '/api/v1/teams', None, Origin='http://evil.example')[0], 403)
        self.assertEqual(serve.api('GET', '/api/v1/teams')[0], 200)
        made = json.loads(run('token', 'create', '--person', 'watcher@shop.example', '--role', 'viewer', '--data', self.data, '--json').stdout)
        viewer = {'Authorization': 'Bearer ' + made['token']}
        self.assertEqual(serve.ask('GET', '/api/v1/teams', None, viewer)[0], 200)
        ticket = self.landed(serve)
        self.assertEqual(serve.ask('POST', f"/api/v1/tickets/{ticket['id']}/take", b'{}', {**viewer, 'If-Match': '"2"'})[0], 403)
        self.assertEqual(serve.ask('GET', '/api/v1/tokens', None, viewer)[0], 403)
        self.assertEqual(run('token', 'remove', made['id'], '--data', self.data).returncode, 0)
        self.assertEqual(serve.ask('GET', '/api/v1/teams', None, viewer)[0], 401)

    def test_actions_their_versions_and_refusals(self):
        serve = self.serve()
        ticket = self.landed(serve)
        target = f"/api/v1/tickets/{ticket['id']}"
        version = f'"{ticket["version"]}"'
        self.assertEqual(serve.api('POST', target + '/take', {})[0], 428)
        status, present, _ = serve.api('POST', target + '/take', {}, If_Match='"999"')
        self.assertEqual((status, present['version']), (409, ticket['version']))
        for action, body, word in (('reassign', {'topic': 'no such'}, 'refund'), ('reassign', {'team': 'no such'}, 'Billing'), ('reassign', {}, 'exactly one'),
                                   ('bump', {'urgency': 'very'}, 'low, medium or high'), ('split', {'parts': [{'topic': 'refund', 'text': 'x'}]}, 'two to five'),
                                   ('merge', {'into': 'nowhere'}, 'no ticket'), ('release', {}, 'take'), ('undo', {}, 'no correction')):
            status, problem, _ = serve.api('POST', f'{target}/{action}', body, If_Match=version)
            self.assertEqual(status, 422, (action, problem))
            self.assertIn(word, problem['detail'], action)
        self.assertEqual(serve.api('POST', target + '/explode', {}, If_Match=version)[0], 404)
        self.assertEqual(serve.api('POST', '/api/v1/tickets/nowhere/take', {}, If_Match='"1"')[0], 404)
        for _ in range(2):  # a double click
            status, moved, _ = serve.api('POST', target + '/reassign', {'topic': 'refund'}, If_Match=version, Idempotency_Key='k1')
            self.assertEqual((status, moved['team'], moved['tags']['topic']), (200, 'Billing', 'refund'))
        self.assertEqual(len(serve.whole(ticket['id'])['receipt']['corrections']), 1)
        self.assertEqual(run('undo', ticket['id'], '--data', self.data).returncode, 0)
        self.assertEqual(serve.whole(ticket['id'])['team'], 'Shipping')
        done = run('split', ticket['id'], '--part', 'delivery=My parcel is late,', '--part', 'product=where is it?', '--data', self.data)
        self.assertEqual(done.returncode, 0, done.stderr)
        serve.wait(lambda: sorted(t['state'] for t in serve.tickets()) == ['landed', 'landed', 'split'], 'the parts land')

    def test_chat(self):
        serve = self.serve()
        payload = {'event': 'finished', 'conversation': 'c1', 'customer': {'name': 'Lee', 'email': 'lee@mail.example'},
                   'messages': [{'author': 'visitor', 'name': 'Lee', 'text': 'Your site shows error 502'}]}
        status, first, _ = serve.post_chat(payload)
        self.assertEqual(status, 202)
        self.assertEqual(serve.post_chat(payload)[1]['ticket_id'], first['ticket_id'])
        serve.wait(lambda: serve.whole(first['ticket_id'])['team'] == 'Technical', 'it lands')
        payload['messages'].append({'author': 'visitor', 'name': 'Lee', 'text': 'This is unacceptable, fix it immediately!'})
        self.assertEqual(serve.post_chat(payload)[1]['ticket_id'], first['ticket_id'])
        serve.wait(lambda: serve.whole(first['ticket_id'])['rank'] == 'escalate', 'the louder message is heard')
        self.assertEqual(serve.ask('POST', '/chat/widget', b'{}', {'X-Signature': 'sha256=00'})[0], 401)
        self.assertEqual(serve.ask('POST', '/chat/nobody', b'{}')[0], 404)
        self.assertEqual(serve.post_chat({'event': 'typing'})[1]['ticket_id'], None)
        self.assertEqual(serve.post_chat({'event': 'finished'})[0], 422)

    def test_looking(self):
        serve = self.serve()
        ticket = self.landed(serve, subject='<script>alert(1)</script>', message='I was charged twice; "quotes" & <b>tags</b>')
        self.assertEqual(ticket['subject'], '<script>alert(1)</script>')
        for key in ('id', 'version', 'lane', 'state', 'move', 'rank', 'team', 'person', 'customer', 'subject', 'tags', 'received_at', 'landed_at', 'taken_by',
                    'links', 'messages', 'receipt', 'available_actions'):
            self.assertIn(key, ticket)
        self.assertEqual(set(ticket['receipt']), {'readings', 'decisions', 'gates', 'deliveries', 'corrections', 'audit'})
        page = serve.api('GET', '/api/v1/teams/billing/queue')[1]
        self.assertEqual([t['id'] for t in page['tickets']], [ticket['id']])
        self.assertEqual(serve.api('GET', '/api/v1/teams/Nobody/queue')[0], 404)
        self.assertEqual(serve.api('GET', '/api/v1/tickets?state=nowhere')[0], 422)
        self.assertEqual(serve.api('GET', '/api/v1/tickets?limit=0')[0], 422)
        self.assertEqual(len(serve.api('GET', '/api/v1/tickets?q=SCRIPT')[1]['tickets']), 1)
        self.assertEqual(serve.api('GET', '/api/v1/tickets/nowhere')[0], 404)
        self.assertEqual(serve.api('DELETE', '/api/v1/teams')[0], 405)
        described = serve.get('/api/v1/openapi.json')[1]['paths']
        for path in ('/form', '/chat/{source}', '/api/v1/tickets/{id}', '/api/v1/tickets/{id}/{action}', '/api/v1/events'):
            self.assertIn(path, described)
        self.assertEqual(serve.metric('landed_total'), 1)
        self.assertNotIn('script', serve.log_text())
        first = serve.api('GET', '/api/v1/changes?since=')[2]['ETag']
        self.assertEqual(serve.api('GET', '/api/v1/changes?since=' + first.strip('"'), None, If_None_Match=first)[0], 304)

    def test_forget_leaves_no_byte(self):
        serve = self.serve()
        mark = 'unmistakable-words-of-a-customer'
        raw = MAIL.replace(b'I was charged twice', f'I was charged twice {mark}'.encode()).replace(b'kim@mail', b'forgetme@mail')
        self.assertEqual(run('mail', '--data', self.data, stdin=raw).returncode, 0)
        serve.wait(lambda: [t['state'] for t in serve.tickets()] == ['landed'], 'it lands')
        self.one_line(run('forget', 'forgetme@mail.example', '--data', self.data), 65)
        self.assertEqual(run('forget', 'forgetme@mail.example', '--yes', '--data', self.data).returncode, 0)
        self.assertNotIn(mark, json.dumps(serve.whole(serve.tickets()[0]['id'])))
        serve.stop()
        for name in os.listdir(self.data):
            with open(os.path.join(self.data, name), 'rb') as f:
                content = f.read()
            self.assertNotIn(mark.encode(), content, name)
            if not name.endswith('.log'):
                self.assertNotIn(b'forgetme@mail', content, name)

    def test_events_stream(self):
        serve = self.serve()
        with socket.create_connection(('127.0.0.1', serve.port), timeout=20) as s:
            s.sendall(f'GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {serve.token()}\r\n\r\n'.encode())
            got = b''
            while b'listening' not in got:
                got += s.recv(4096)
            ticket = self.landed(serve)
            beats = 0
            while ticket['id'].encode() not in got:
                beats += 1
                self.assertLess(beats, 5, 'only heartbeats came')
                more = s.recv(4096)
                self.assertTrue(more, 'the stream ended')
                got += more
        self.assertNotIn(b'Parcel', got)


if __name__ == '__main__':
    ROUTER = sys.argv[1]
    chosen = [argument for argument in sys.argv[2:] if not argument.startswith('/')]
    unittest.main(argv=[sys.argv[0], *chosen], verbosity=2)
