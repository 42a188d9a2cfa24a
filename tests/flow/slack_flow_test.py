#!/usr/bin/env python3
"""The way over Slack, as a script: a ticket comes in, its card stands in the team's channel, people press its buttons.

usage: slack_flow_test.py TICKET_ROUTER [/PATH/OF/TR_PROBE] [CLASS.TEST …]
"""
import json
import os
import random
import shutil
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import serving  # noqa: E402
from slack_stand_in import SIGNING_SECRET, TOKEN, StandIn, elements, mentions, words  # noqa: E402

ROUTER = ''
PEOPLE = {'UDANA': {'email': 'dana@shop.example'}, 'UMEI': {'email': 'mei@shop.example'}, 'UOMAR': {'email': 'omar@shop.example'},
          'UMORGAN': {'email': 'morgan@shop.example'}, 'UPRIYA': {'email': 'priya@shop.example'}, 'USTRANGER': {'email': 'x@elsewhere.example'},
          'UALIEN': {'email': 'dana@shop.example', 'is_stranger': True}}
CHANNEL_OF = {'Billing': 'help-billing', 'Shipping': 'help-shipping', 'Technical': 'help-tech', 'Triage': 'help-triage'}
CHANNELS = tuple(CHANNEL_OF.values())
TWICE = 'I was charged twice for order 1182, the second payment is wrong.'
STAMPS = ('The loyalty stamps vanished from my bonus booklet', 'My loyalty stamps vanished, the bonus booklet is blank')


class Slack(unittest.TestCase):
    members_may_act = 'false'
    per_second = 1

    def setUp(self):
        self.top = tempfile.mkdtemp(prefix='tr-slack-flow-')
        self.addCleanup(shutil.rmtree, self.top, ignore_errors=True)
        self.slack = StandIn(CHANNELS, PEOPLE, self.per_second)
        self.addCleanup(self.slack.close)
        config = (serving.CONFIG + f'[slack]\ntoken = "{TOKEN}"\nsigning_secret = "{SIGNING_SECRET}"\napi_url = "{self.slack.url}"\n'
                  f'members_may_act = {self.members_may_act}\n[mail]\naddresses = ["help@shop.example"]\n')
        self.serve = serving.Serve(ROUTER, os.path.join(self.top, 'data'), config=config)
        self.serve.start()
        self.addCleanup(self.serve.stop)

    def post(self, text, email='kim@mail.example', subject='Order 1182', name='Kim'):
        status, body, _ = self.serve.post_form({'email': email, 'name': name, 'subject': subject, 'message': text})
        self.assertEqual(status, 202, body)
        return body['ticket_id']

    def landed(self, ticket):
        serving.Serve.wait(lambda: self.serve.whole(ticket)['state'] == 'landed', 'it lands')
        return self.serve.whole(ticket)

    def queue(self, team):
        return [t['id'] for t in self.serve.api('GET', f'/api/v1/teams/{team}/queue')[1]['tickets']]

    def click(self, user, channel, message, action, option=None):
        status, body, seconds = self.slack.send(self.serve.port, self.slack.click_payload(user, channel, message, action, option))
        self.assertEqual((status, body), (200, ''))
        self.assertLess(seconds, 3)

    def told(self, user):
        return self.slack.wait(lambda: next((text for who, text in self.slack.private if who == user), None), f'{user} is told')

    def audit(self, ticket, kind):
        return [row for row in self.serve.whole(ticket)['receipt']['audit'] if row['kind'] == kind]

    def corrections(self, ticket):
        return [c for c in self.serve.whole(ticket)['receipt']['corrections']]

    def nothing_refused(self):
        self.assertEqual(self.slack.refused, [])


class Cards(Slack):
    def test_a_card_between_landing_and_a_moment_later(self):
        begun = time.time()
        ticket = self.post(TWICE)
        card = self.slack.card('help-billing', 'Order 1182')
        self.assertLess(card['at'] - begun, 10)
        text = words(card)
        for part in ('PRIORITY', 'kim@mail.example', 'payment', TWICE, 'charged twice', 'Answer by e-mail'):
            self.assertIn(part, text)
        self.assertEqual({'take', 'reassign', 'bump', 'done', 'split', 'undo', 'why', 'whole'} - set(elements(card)), set())
        for element in elements(card).values():
            if element['type'] == 'button':
                self.assertTrue(element['value'].startswith(ticket + '.'))
        self.assertEqual(mentions(card), set())
        self.nothing_refused()

    def test_the_lead_is_named_under_the_card_once(self):
        self.landed(self.post('Your site shows error 502 when I order'))  # Technical has no closing time
        card = self.slack.card('help-tech', 'error 502')
        ping = self.slack.wait(lambda: next((m for m in self.slack.messages('help-tech') if m.get('thread_ts') == card['ts']), None), 'a ping')
        self.assertEqual(mentions(ping), {'<@UPRIYA>'})
        self.assertGreater(ping['at'] - card['at'], 0.9, 'a second later')
        self.nothing_refused()

    def test_reassign_moves_the_card_teaches_and_undo_takes_it_back(self):
        first = self.landed(self.post(STAMPS[0], 'a@mail.example', 'Stamps'))
        channel = CHANNEL_OF[first['team']]
        self.assertNotEqual(first['team'], 'Technical', 'nothing to teach')
        card = self.slack.card(channel, STAMPS[0])

        self.click('UPRIYA', channel, card, 'reassign', 'topic:login')

        moved = self.slack.card('help-tech', STAMPS[0])
        old = self.slack.card(channel, '→ Moved to Technical by priya@shop.example')
        self.assertEqual(old['ts'], card['ts'], 'the old card is changed in place')
        self.assertEqual(set(elements(old)), {'undo'})
        self.assertIn(first['id'], self.queue('Technical'))
        self.assertNotIn(first['id'], self.queue(first['team']))
        rows = self.corrections(first['id'])
        self.assertEqual([(r['kind'], r['by'], r['to_topic'], r['to_team']) for r in rows], [('reassign', 'priya@shop.example', 'login', 'Technical')])

        # The next such ticket goes right.
        second = self.landed(self.post(STAMPS[1], 'b@mail.example', 'Stamps again'))
        self.assertEqual((second['team'], second['tags']['topic']), ('Technical', 'login'))
        self.slack.card('help-tech', STAMPS[1])

        self.click('UPRIYA', channel, old, 'undo')
        serving.Serve.wait(lambda: first['id'] in self.queue(first['team']), 'it is back')
        self.slack.wait(lambda: '→ Moved to ' + first['team'] in words(self.slack.messages('help-tech')[0]), 'the moved card says so')
        self.assertEqual([r['kind'] for r in self.corrections(first['id'])], ['reassign', 'undo'])
        self.assertEqual(moved['ts'], self.slack.messages('help-tech')[0]['ts'])
        self.nothing_refused()

    def test_double_clicks_do_one_thing(self):
        ticket = self.landed(self.post(TWICE))['id']
        card = self.slack.card('help-billing', TWICE)
        once = self.slack.click_payload('UDANA', 'help-billing', card, 'take')
        again = self.slack.click_payload('UDANA', 'help-billing', card, 'take')  # another action_ts, as Slack sends it
        threads = [threading.Thread(target=self.slack.send, args=(self.serve.port, payload)) for payload in (once, once, again)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.slack.card('help-billing', 'Taken by dana@shop.example')
        self.assertEqual([r['kind'] for r in self.corrections(ticket)], ['take'])
        self.assertEqual(self.slack.private, [])
        self.nothing_refused()

    def test_a_stale_card_of_another_persons_work_is_told_privately(self):
        ticket = self.landed(self.post(TWICE))['id']
        card = self.slack.card('help-billing', TWICE)
        self.click('UDANA', 'help-billing', card, 'take')
        self.slack.card('help-billing', 'Taken by dana@shop.example')
        self.click('UMEI', 'help-billing', card, 'done')  # what Mei saw is over
        self.assertIn('dana@shop.example changed this ticket meanwhile (take)', self.told('UMEI').replace('\u200b', ''))
        self.assertEqual(self.serve.whole(ticket)['state'], 'taken')
        # What only the router did since is no obstacle.
        fresh = self.slack.card('help-billing', 'Taken by dana@shop.example')
        self.click('UMEI', 'help-billing', fresh, 'done')
        self.slack.card('help-billing', '✔ Done')

    def test_a_stranger_is_told_privately_and_nothing_changes(self):
        ticket = self.landed(self.post(TWICE))['id']
        card = self.slack.card('help-billing', TWICE)
        before = self.serve.whole(ticket)['version']
        for user in ('USTRANGER', 'UALIEN'):
            self.click(user, 'help-billing', card, 'take')
            self.assertIn('', self.told(user))
        self.assertIn('in no team of the support sheet', self.told('USTRANGER'))
        self.assertEqual(self.serve.whole(ticket)['version'], before)

    def test_later_messages_come_into_the_thread_of_the_one_card(self):
        ticket = self.landed(self.post(TWICE))['id']
        card = self.slack.card('help-billing', TWICE)
        self.click('UDANA', 'help-billing', card, 'take')
        self.slack.card('help-billing', 'Taken by')
        self.post(TWICE + ' Please answer!')
        later = self.slack.wait(lambda: next((m for m in self.slack.messages('help-billing') if 'Please answer!' in words(m)), None), 'the later message')
        self.assertEqual(later['thread_ts'], card['ts'])
        self.assertEqual(mentions(later), {'<@UDANA>'})
        self.assertEqual(len([m for m in self.slack.messages('help-billing') if 'thread_ts' not in m]), 1)
        self.assertEqual(self.serve.whole(ticket)['state'], 'taken')
        self.nothing_refused()

    def test_bump_and_the_one_click_runner_up(self):
        ticket = self.landed(self.post('Where is my parcel? Tracking says Leipzig.', 'c@mail.example', 'Parcel'))['id']
        card = self.slack.card('help-shipping', 'Leipzig')
        self.click('UOMAR', 'help-shipping', card, 'bump', 'high')
        bumped = self.slack.card('help-shipping', 'urgency high')
        self.assertEqual(bumped['ts'], card['ts'])
        runner_up = elements(bumped)['runner_up']['value'].split('.', 2)[2]
        self.click('UOMAR', 'help-shipping', bumped, 'runner_up')
        serving.Serve.wait(lambda: self.serve.whole(ticket)['tags']['topic'] == runner_up, 'it is the runner-up')
        self.nothing_refused()

    def test_modals_show_the_whole_message_why_and_split(self):
        long = 'I was charged twice.\n' + '\n'.join(f'Line {i} of what happened to my order.' for i in range(200)) + '\nAlso my parcel is lost.'
        landed = self.landed(self.post(long))
        ticket, channel = landed['id'], CHANNEL_OF[landed['team']]
        card = self.slack.card(channel, 'charged twice')
        self.assertNotIn('Line 199', words(card))
        self.click('UDANA', channel, card, 'whole')
        self.assertIn('Line 199', words(self.slack.views[-1]))
        self.click('UDANA', channel, card, 'why')
        self.assertIn('charged twice', words(self.slack.views[-1]))
        self.click('UDANA', channel, card, 'split')
        view = self.slack.views[-1]
        values = {'topic1': 'payment', 'text1': 'I was charged twice.'}
        status, body, _ = self.slack.send(self.serve.port, self.slack.submission_payload('UDANA', view, values))
        self.assertEqual((status, json.loads(body)['response_action']), (200, 'errors'))
        values.update(topic2='delivery', text2='Also my parcel is lost.')
        for _ in range(2):  # sent twice
            status, body, _ = self.slack.send(self.serve.port, self.slack.submission_payload('UDANA', view, values))
            self.assertEqual((status, body), (200, ''))
        self.assertEqual(self.serve.whole(ticket)['state'], 'split')
        self.slack.card('help-shipping', 'Also my parcel is lost.')
        self.assertEqual(len([t for t in self.serve.tickets() if t['state'] == 'landed']), 2)
        self.nothing_refused()

    def test_hostile_words_ring_nobody(self):
        hostile = '<!channel> <@UDANA> @here *bold* <https://evil.example|your invoice> ```x``` https://evil.example/ :smile: & I was charged twice'
        self.landed(self.post(hostile, 'h@mail.example', hostile, hostile))
        card = self.slack.card('help-billing', 'your invoice')
        self.assertEqual(mentions(card), set())
        raw = json.dumps(card['blocks'])
        self.assertNotIn('mrkdwn', raw)
        links = [e['url'] for b in card['blocks'] if b['type'] == 'rich_text' for p in b['elements'] for e in p['elements'] if e['type'] == 'link']
        self.assertEqual([link for link in links if not link.startswith('mailto:')], [])
        self.nothing_refused()


class WayBack(Slack):
    def test_only_slack_itself_is_heard(self):
        ticket = self.landed(self.post(TWICE))
        card = self.slack.card('help-billing', TWICE)
        payload = self.slack.click_payload('UDANA', 'help-billing', card, 'take')
        for secret, at in (('another secret', None), (SIGNING_SECRET, time.time() - 301), (SIGNING_SECRET, time.time() + 301)):
            self.assertEqual(self.slack.send(self.serve.port, payload, secret, at)[0], 401)
        for bad in ({'type': 'block_actions'}, {'type': 'block_actions', 'actions': [{'action_id': 'take', 'value': 'x'}], 'user': {'id': 'U'}}, [], 'x'):
            self.assertEqual(self.slack.send(self.serve.port, bad)[0], 422, bad)
        self.assertEqual(self.slack.send(self.serve.port, {'type': 'view_closed', 'user': {'id': 'UDANA'}})[0], 200)
        self.assertEqual(self.serve.whole(ticket['id'])['version'], ticket['version'])

    def test_channels_that_cannot_be_written_to_fall_back_with_a_plain_word(self):
        self.slack.channels['help-billing']['is_ext_shared'] = True
        self.landed(self.post(TWICE))
        card = self.slack.card('help-triage', TWICE)
        self.assertIn('shared with another company', words(card))
        self.slack.channels['help-shipping']['is_archived'] = True
        self.landed(self.post('Where is my parcel? Tracking says Leipzig.', 'c@mail.example', 'Parcel'))
        self.assertIn('archived', words(self.slack.card('help-triage', 'Leipzig')))


class AnyMember(Slack):
    members_may_act = 'true'

    def test_a_member_of_the_teams_channel_may(self):
        ticket = self.landed(self.post(TWICE))['id']
        card = self.slack.card('help-billing', TWICE)
        self.click('USTRANGER', 'help-billing', card, 'take')
        self.slack.card('help-billing', 'Taken by x@elsewhere.example')
        self.assertEqual(self.serve.whole(ticket)['taken_by'], 'x@elsewhere.example')
        self.click('UALIEN', 'help-billing', self.slack.card('help-billing', 'Taken by'), 'done')
        self.assertIn('Only people of this workspace', self.told('UALIEN'))


class Faults(Slack):
    per_second = 5  # the faults are the matter here, not the pace

    def test_a_fifth_of_all_calls_failing_loses_and_doubles_nothing(self):
        chance = random.Random(7)
        kinds = ('lost', 'down', 'slow down', 'internal_error', 'fatal_error', 'request_timeout', 'ratelimited')
        self.slack.fail = lambda method: chance.choice(kinds) if chance.random() < 0.2 else None
        tickets = [self.post(f'Order {n}: I was charged twice, number {n} came wrong {n * n}.', f'c{n}@mail.example', f'Case {n}') for n in range(12)]
        serving.Serve.wait(lambda: len({m['metadata']['event_payload']['ticket'] for m in self.slack.messages('help-billing')} & set(tickets)) == 12,
                           'every card', 120)
        self.slack.fail = None
        serving.Serve.wait(lambda: all(d['state'] == 'delivered' for t in tickets for d in self.serve.whole(t)['receipt']['deliveries']
                                       if d['kind'] == 'card'), 'every delivery', 120)
        said = [m['metadata']['event_payload']['delivery'] for m in self.slack.messages('help-billing')]
        self.assertEqual(len(said), len(set(said)), 'nothing is said twice')
        self.nothing_refused()


if __name__ == '__main__':
    ROUTER = os.path.abspath(sys.argv.pop(1))
    if len(sys.argv) > 1 and sys.argv[1].startswith('/'):
        sys.argv.pop(1)
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=2)
