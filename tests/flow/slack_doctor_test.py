#!/usr/bin/env python3
"""What `doctor` says of a Slack workspace: each thing that is wrong, and what to do about it.

usage: slack_doctor_test.py TICKET_ROUTER [/PATH/OF/TR_PROBE]
"""
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import serving  # noqa: E402
from slack_stand_in import SCOPES, SIGNING_SECRET, TOKEN, StandIn  # noqa: E402

ROUTER = os.path.abspath(sys.argv[1])
CHANNELS = ('help-billing', 'help-shipping', 'help-tech', 'help-triage')
NAMES = ('dana', 'luis', 'mei', 'morgan', 'omar', 'ida', 'tom', 'priya', 'sam', 'jo', 'nora', 'eli')


class Doctor(unittest.TestCase):
    def setUp(self):
        people = {'U' + name.upper(): {'email': name + '@shop.example'} for name in NAMES}
        self.slack = StandIn(CHANNELS, people)
        self.addCleanup(self.slack.close)
        self.folder = tempfile.TemporaryDirectory(prefix='tr-slack-doctor-')
        self.addCleanup(self.folder.cleanup)

    def doctor(self, token=TOKEN, signing_secret=SIGNING_SECRET, url=None):
        """What it says of Slack, line by line."""
        config = os.path.join(self.folder.name, 'c.toml')
        with open(config, 'w') as f:
            f.write(f'[slack]\ntoken = "{token}"\nsigning_secret = "{signing_secret}"\napi_url = "{url or self.slack.url}"\n')
        done = subprocess.run([ROUTER, 'doctor', '--config', config, '--data', os.path.join(self.folder.name, 'data'), '--rules', serving.RULES],
                              capture_output=True, text=True, timeout=60)
        lines = [line for line in done.stdout.splitlines() if line.startswith('slack:')]
        self.assertTrue(done.returncode == 1 or not lines, done)
        self.assertNotIn(token, done.stdout + done.stderr)
        return lines

    def one(self, *parts, **settings):
        """It says one thing, with these words."""
        lines = self.doctor(**settings)
        self.assertEqual(len(lines), 1, lines)
        for part in parts:
            self.assertIn(part, lines[0])

    def test_a_good_workspace(self):
        self.assertEqual(self.doctor(), [])
        self.assertEqual([call for call, _ in self.slack.calls if call.startswith('chat.')], [], 'it says nothing to anybody')

    def test_the_token_and_the_secret(self):
        self.one('invalid_auth', 'slack.token', token='xoxb-of-another-app')
        self.one('no signing secret', 'slack.signing_secret', signing_secret='')

    def test_slack_cannot_be_reached(self):
        self.one('slack', url='http://127.0.0.1:1/api')

    def test_a_missing_scope(self):
        for scope, without in (('channels:history', 'may stand twice'), ('users:read.email', 'nobody is mentioned'), ('chat:write', 'no card')):
            with self.subTest(scope):
                self.slack.scopes = ','.join(one for one in SCOPES.split(',') if one != scope)
                self.one(f'lacks the scope {scope},', without, 'install the app again')

    def test_channels(self):
        for changes, parts in (({'name': 'help-shop'}, ('no Slack channel #help-billing', 'teams tab')),
                               ({'is_archived': True}, ('#help-billing is archived', 'unarchive it')),
                               ({'is_member': False}, ('the app is not in #help-billing', '/invite @Ticket Router')),
                               ({'is_ext_shared': True}, ('shared with another company', 'name another')),
                               ({'is_pending_ext_shared': True}, ('shared with another company', 'name another'))):
            with self.subTest(changes):
                channel = self.slack.channels['help-billing']
                before = dict(channel)
                channel.update(changes)
                self.one('Billing:', *parts)
                channel.clear()
                channel.update(before)

    def test_people(self):
        self.slack.people['UDANA']['email'] = 'dana@home.example'
        self.one('dana@shop.example', 'cannot click', 'use the same address')
        self.slack.people['UDANA'] = {'email': 'dana@shop.example', 'deleted': True}
        self.one('dana@shop.example', 'cannot click')


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0]], verbosity=2)
