#!/usr/bin/env python3
"""`serve` with its rules in a stand-in of Google Drive: signed in, fetched when changed, never torn, never young.
usage: drive_test.py TICKET-ROUTER TR-PROBE"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE, os.path.dirname(HERE)]

try:
    import cryptography  # noqa: F401
    import botocore  # noqa: F401  (the tests' own Python, not the system's)
except ImportError:
    made = subprocess.run(['sh', os.path.join(TOP, 'scripts', 'test_tools.sh')], capture_output=True, text=True)
    if made.returncode != 0:
        print('skipped: the tests\' Python cannot be made:', made.stderr[-300:])
        sys.exit(77)
    python = os.path.join(made.stdout.strip().splitlines()[-1], 'bin', 'python')
    os.execv(python, [python, *sys.argv])

import google_server  # noqa: E402
import serving  # noqa: E402

ROUTER = sys.argv[1]


def piece(name):
    with open(os.path.join(serving.RULES, name)) as f:
        return f.read()


TOPICS, TEAMS, RULES, TESTS = (piece(n) for n in ('topics.csv', 'teams.csv', 'rules.md', 'rules.tests.csv'))


class Drive(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.google = google_server.GoogleServer()
        self.google.__enter__()
        self.addCleanup(self.google.__exit__)
        self.google.lay(TOPICS, TEAMS, RULES, TESTS)
        self.key = os.path.join(self.folder.name, 'key.json')
        with open(self.key, 'w') as f:
            f.write(self.google.key_file())
        self.config = serving.CONFIG + f'[drive]\nfolder = "{google_server.FOLDER}"\nkey_file = "{self.key}"\nurl = "{self.google.url}"\n'
        self.data = os.path.join(self.folder.name, 'data')

    def serve(self):
        server = serving.Serve(ROUTER, self.data, rules=os.path.join(self.folder.name, 'nowhere'), config=self.config)
        server.start()
        self.addCleanup(server.stop)
        return server

    def sync(self):
        """(exit code, the report or the complaint)"""
        done = subprocess.run([ROUTER, 'drive', 'sync', '--json', '--data', self.data], capture_output=True, text=True, timeout=60)
        return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr

    def test_a_book_in_drive_is_the_book_of_a_folder(self):
        server = self.serve()
        self.assertEqual(self.google.troubles, [])
        status, body, _ = server.post_form({'email': 'kim@mail.example', 'subject': 'Parcel', 'message': 'My parcel has not arrived, where is it?'})
        self.assertEqual(status, 202, body)
        serving.Serve.wait(lambda: server.whole(body['ticket_id'])['state'] == 'landed', 'landed')
        _, book, _ = server.api('GET', '/api/v1/rules')
        status, checked, _ = server.api('POST', '/api/v1/rules/check', {k: book[k] for k in ('topics', 'teams', 'rules', 'tests')})
        self.assertTrue(checked['ok'], checked)
        self.assertEqual(checked['failed'], 0)
        self.assertEqual(len(checked['tests']), 43)
        status, answer, _ = server.api('PUT', '/api/v1/rules', {k: book[k] for k in ('topics', 'teams', 'rules')}, If_Match='"1"')
        self.assertEqual(status, 422)
        self.assertIn('Drive', answer['detail'])

    def test_it_is_fetched_only_when_it_changed_and_when_it_has_settled(self):
        self.serve()
        self.google.calls.clear()
        self.assertEqual(self.sync()[1]['outcome'], 'unchanged')
        self.assertEqual(self.google.calls, ['list'])
        self.google.lay(TOPICS, TEAMS, RULES + '\n## Special routes\n\n- says "blue ribbon" -> Sales\n', TESTS, age=5)
        code, said = self.sync()
        self.assertEqual(code, 75, said)
        self.assertRegex(said, r'less than a minute ago.*try again in 5\d seconds')
        self.google.settle()
        code, report = self.sync()
        self.assertEqual((code, report['outcome'], report['version']), (0, 'new version', 2), report)
        self.assertEqual(self.google.tokens, 1, 'one token for all of it')

    def test_what_is_still_being_written_is_read_a_minute_later(self):
        server = self.serve()
        self.google.lay(TOPICS, TEAMS, RULES + '\n## Special routes\n\n- says "blue ribbon" -> Sales\n', TESTS, age=55)
        code, said = self.sync()
        self.assertEqual(code, 75, said)
        self.assertRegex(said, r'try again in [1-5] seconds')
        self.assertEqual(server.api('GET', '/api/v1/rules')[1]['version'], 1)
        # Long before its next turn, which is after a quarter of an hour.
        serving.Serve.wait(lambda: server.api('GET', '/api/v1/rules')[1]['version'] == 2, 'it is read by itself', 30)

    def test_a_bad_edit_keeps_the_last_good_book(self):
        self.serve()
        self.google.lay(TOPICS, TEAMS, RULES.replace('Special routes', 'Spezial routes'), TESTS)
        code, report = self.sync()
        self.assertEqual((code, report['outcome'], report['version']), (1, 'broken', 1), report)
        self.assertIn('Spezial', report['text'])
        self.google.lay(TOPICS, TEAMS, RULES, TESTS)
        self.assertEqual(self.sync()[1]['outcome'], 'mended')

    def test_rules_that_cannot_be_read_are_told_to_triage_once(self):
        server = self.serve()

        def told():
            return [line for line in server.log_text().splitlines() if '"posted"' in line and '"rules#' in line]

        self.google.tabs.pop('Teams')
        self.google.version += 1
        for _ in range(2):
            code, report = self.sync()
            self.assertEqual((code, report['outcome']), (1, 'broken'), report)
            self.assertRegex(report['text'], 'the rules: the Sheet "Rules" has no tab teams\nNothing changed: ')
            self.assertEqual([p['text'] for p in report['problems']], ['the Sheet "Rules" has no tab teams'])
        serving.Serve.wait(lambda: len(told()) == 1, 'it is told')
        self.google.lay(TOPICS, TEAMS, RULES, TESTS)
        self.assertEqual(self.sync()[1]['outcome'], 'mended')
        serving.Serve.wait(lambda: len(told()) > 1, 'that it is mended is told')
        self.assertEqual(len(told()), 2)

    def test_a_formulas_error_keeps_the_last_good_book(self):
        server = self.serve()
        for sign, says in (('#REF!', "#REF! is a formula's error. Mend the formula."), ('Loading...', 'Loading... is a formula that is not computed yet.')):
            with self.subTest(sign):
                self.google.lay(TOPICS.replace('\nrefund,', f'\n{sign},'), TEAMS, '## Urgency words\n- high: urgent*\n')
                code, report = self.sync()
                self.assertEqual((code, report['outcome'], report['version']), (1, 'broken', 1), report)
                self.assertIn('topics row 2, column Topic: ' + says, report['text'])
        self.assertIn('\nrefund,', server.api('GET', '/api/v1/rules')[1]['topics'])

    def test_the_folders_list_may_have_pages(self):
        sheet, doc = google_server.SHEET_AND_DOC
        self.google.pages = [[sheet], [], [doc]]
        self.serve()
        self.google.calls.clear()
        self.assertEqual(self.sync()[1]['outcome'], 'unchanged')
        self.assertEqual(self.google.calls, ['list'] * 3)
        self.assertEqual(self.google.troubles, [])
        self.google.pages = [[sheet, doc], [('sheet-2', 'Rules of last year', 'spreadsheet')]]
        code, report = self.sync()
        self.assertEqual((code, report['outcome']), (1, 'broken'), report)
        self.assertIn('two Sheets, "Rules" and "Rules of last year": leave one there', report['text'])
        self.google.pages = [[]] * 100
        code, said = self.sync()
        self.assertEqual(code, 75, said)
        self.assertIn('does not end', said)

    def test_shortcuts_are_followed(self):
        self.google.pages = [google_server.SHORTCUTS]
        self.serve()
        self.google.calls.clear()
        self.assertEqual(self.sync()[1]['outcome'], 'unchanged')
        self.assertEqual(self.google.calls, ['list', 'file', 'file'])
        self.google.lay(TOPICS, TEAMS, RULES + '\n## Special routes\n\n- says "blue ribbon" -> Sales\n', TESTS)
        code, report = self.sync()
        self.assertEqual((code, report['version']), (0, 2), report)
        self.assertEqual(self.google.troubles, [])
        self.google.fail.append(('file', 404, {}))
        code, report = self.sync()
        self.assertEqual((code, report['outcome'], report['version']), (1, 'broken', 2), report)
        self.assertRegex(report['text'], 'shortcut "Our sheet" leads to a file that cannot be seen.* not shared with router@project.example')
        self.google.trashed.add(google_server.DOC)
        self.assertIn('shortcut "Our doc" leads to a file in the trash', self.sync()[1]['text'])
        self.google.trashed.clear()
        self.google.pages = [google_server.SHEET_AND_DOC, google_server.SHORTCUTS]
        self.assertIn('two Sheets, "Rules" and "Our sheet": leave one there', self.sync()[1]['text'])

    def test_every_trouble_changes_nothing_and_says_what_to_do(self):
        server = self.serve()
        in_force = 'Nothing changed: the rules of .* \\(version 1\\) stay in force'
        quota = {'error': {'code': 403, 'errors': [{'reason': 'userRateLimitExceeded'}]}}
        rights = {'error': {'code': 403, 'errors': [{'reason': 'insufficientFilePermissions'}]}}
        off = {'error': {'code': 403, 'errors': [{'reason': 'accessNotConfigured'}]}}
        day = {'error': {'code': 403, 'errors': [{'reason': 'dailyLimitExceeded'}]}}
        large = {'error': {'code': 403, 'errors': [{'reason': 'exportSizeLimitExceeded'}]}}
        gone = {'error': {'code': 400, 'message': "Unable to parse range: 'teams'", 'status': 'INVALID_ARGUMENT'}}
        for what, status, body, says in (('export', 403, large, 'the document is too large to export: make it shorter'),
                                         ('list', 400, {'error': {'code': 400}}, 'look at drive.folder')):
            with self.subTest(says):
                self.google.settle()
                self.google.fail.append((what, status, body))
                found, said = self.sync()
                self.assertEqual((found, said['outcome'], said['version']), (1, 'broken', 1), said)
                self.assertRegex(said['text'], f'Google answered {status}: .*{says}.*\n{in_force}')
                self.assertNotIn('share the folder', said['text'])
        for what, status, body, says in (('list', 403, day, 'may ask in a day'), ('values', 400, gone, 'a tab of the Sheet changed while it was read')):
            with self.subTest(says):
                self.google.settle()
                self.google.fail.append((what, status, body))
                found, said = self.sync()
                self.assertEqual(found, 75, said)
                self.assertRegex(said, f'Google answered {status}: .*{says}')
        for what in ('list', 'tabs', 'values', 'export'):
            for status, body, says in ((429, {}, None), (500, {}, None), (503, {}, None), (403, quota, None), (403, rights, 'router@project.example'),
                                       (403, off, 'Sheets API'), (404, {}, 'router@project.example')):
                with self.subTest(f'{what} {status}'):
                    self.google.settle()
                    self.google.fail.append((what, status, body))
                    found, said = self.sync()
                    if says is None:
                        self.assertEqual(found, 75, said)
                        self.assertIn('Google answered', said)
                    else:
                        self.assertEqual((found, said['outcome'], said['version']), (1, 'broken', 1), said)
                        self.assertRegex(said['text'], f'Google answered {status}: .*{says}.*\n{in_force}')
        self.google.settle()
        self.assertEqual(self.sync()[0], 0)
        self.assertNotIn('PRIVATE KEY', server.log_text())
        self.assertNotIn('ya29', server.log_text())

    def test_a_token_that_ran_out_is_asked_for_anew(self):
        self.serve()
        self.google.settle()
        self.google.tokens += 1  # the one it has is worth nothing any more
        self.assertEqual(self.sync()[0], 0)
        self.assertEqual(self.google.troubles, [])

    def test_an_edit_while_it_is_read_is_never_torn(self):
        self.serve()
        self.google.lay(TOPICS, TEAMS, RULES, TESTS)
        plain = self.google.get_export

        def edited_meanwhile(path, query):
            self.google.version += 1
            return plain(path, query)

        self.google.get_export = edited_meanwhile
        code, said = self.sync()
        self.assertNotEqual(code, 0)
        self.assertIn('changed while', said)
        self.google.get_export = plain
        self.assertEqual(self.sync()[0], 0)

    def test_the_doctor_looks_where_the_rules_are(self):
        def rules():
            done = subprocess.run([ROUTER, 'doctor', '--data', self.data, '--config', self.write_config()], capture_output=True, text=True, timeout=60)
            return [line for line in done.stdout.splitlines() if line.startswith('rules in Drive: ') or 'rules folder' in line]

        self.assertEqual(rules(), [], 'there is no folder of rules here, and none is asked for')
        self.google.lay(TOPICS, TEAMS, RULES.replace('Special routes', 'Spezial routes'), TESTS)
        self.assertRegex(rules()[0], 'there are errors.*ticket-router drive sync')
        self.google.lay(TOPICS, TEAMS, RULES, TESTS)
        rights = {'error': {'code': 403, 'errors': [{'reason': 'insufficientFilePermissions'}]}}
        self.google.fail += [('list', 403, rights)] * 2  # the store's own look, then the doctor's
        self.assertIn('router@project.example', rules()[0])

    def test_a_key_that_google_does_not_know(self):
        other = google_server.GoogleServer()
        other.url = self.google.url
        with open(self.key, 'w') as f:
            f.write(other.key_file())
        done = subprocess.run([ROUTER, 'serve', '--data', self.data, '--config', self.write_config(), '--listen', '127.0.0.1:0'],
                              capture_output=True, text=True, timeout=60)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn('drive.key_file', done.stderr)
        self.assertNotIn('PRIVATE', done.stderr)

    def write_config(self):
        path = os.path.join(self.folder.name, 'c.toml')
        with open(path, 'w') as f:
            f.write(self.config)
        return path


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0]], verbosity=1)
