#!/usr/bin/env python3
"""Cards by e-mail, from a customer's mail to the correction that one click makes, over a real SMTP server.

usage: email_test.py TICKET_ROUTER [/PATH/OF/TR_PROBE] [CLASS.TEST …]
Skips itself (77) where aiosmtpd or openssl cannot be had.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.dirname(HERE))

from serving import RULES, Serve

ROUTER = ''
STRANGE = 'The tuning pegs of my ukulele slip whenever the air is humid.'


def skip(why):
    print(f'skipped: {why}')
    sys.exit(77)


def with_aiosmtpd():
    """Runs this script again in the tests' own Python where this one has no aiosmtpd."""
    if shutil.which('openssl') is None:
        skip('there is no openssl to make a certificate')
    try:
        import aiosmtpd  # noqa: F401
        return
    except ImportError:
        pass
    made = subprocess.run(['sh', os.path.join(TOP, 'scripts', 'test_tools.sh')], capture_output=True, text=True)
    python = os.path.join(made.stdout.strip(), 'bin', 'python')
    if made.returncode != 0 or os.path.abspath(sys.executable) == python:
        skip('aiosmtpd cannot be had: ' + made.stderr[-300:])
    os.execv(python, [python, *sys.argv])


def customer_mail(name, subject, text):
    return (f'From: {name} <{name.lower()}@mail.example>\r\nTo: support@shop.example\r\nSubject: {subject}\r\n'
            f'Message-ID: <{name.lower()}-{time.monotonic_ns()}@mail.example>\r\nDate: Tue, 8 Dec 2026 10:00:00 +0000\r\n'
            f'Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n').encode()


def reply(sender, card, text, *more):
    """What a mail program makes of "reply" to a card."""
    return (f'From: {sender}\r\nTo: {card["Reply-To"]}\r\nSubject: Re: {card["Subject"]}\r\nMessage-ID: <{time.monotonic_ns()}@shop.example>\r\n'
            f'In-Reply-To: {card["Message-ID"]}\r\nReferences: {" ".join(card["References"].split())} {card["Message-ID"]}\r\n'
            f'Date: Tue, 8 Dec 2026 11:00:00 +0000\r\n{"".join(line + chr(13) + chr(10) for line in more)}\r\n{text}\r\n').encode()


def text_of(card):
    return card.get_body(('plain',)).get_content().replace('\r\n', '\n')


def html_of(card):
    return card.get_body(('html',)).get_content()


def links_of(card):
    """{label: path of the signed link}, out of the text."""
    found = re.findall(r'^(.+):\n  https?://[^/]+(/c/\S+)$', text_of(card), re.M)
    return dict(found)


class EmailFlow(unittest.TestCase):
    TLS = 'starttls'

    def setUp(self):
        from mail_server import MailServer
        self.top = tempfile.mkdtemp(prefix='tr-email-')
        self.addCleanup(shutil.rmtree, self.top, ignore_errors=True)
        self.server = MailServer(self.top, self.TLS)
        self.enterContext(self.server)
        self.serve = Serve(ROUTER, os.path.join(self.top, 'data'), rules=self.rules(), config=self.config())
        self.enterContext(self.serve)

    def rules(self):
        """The example's rules, but a ping comes at once at any hour: what is mailed must not hang on when the test runs."""
        rules = os.path.join(self.top, 'rules')
        shutil.copytree(RULES, rules)
        with open(os.path.join(rules, 'rules.md'), encoding='utf-8') as f:
            text = f.read()
        at_once = text.replace('priority outside hours: ping when the team is back', 'priority outside hours: ping at once')
        self.assertNotEqual(at_once, text)
        with open(os.path.join(rules, 'rules.md'), 'w', encoding='utf-8') as f:
            f.write(at_once)
        return rules

    def config(self):
        return '[mail]\naddresses = ["support@shop.example"]\ndomains = ["shop.example"]\n' + self.server.config()

    def mail_in(self, raw):
        done = subprocess.run([ROUTER, 'mail', '--data', self.serve.data, '--config', os.path.join(self.serve.data, 'config.toml')],
                              input=raw, capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)

    def open(self, path, method='GET'):
        return self.serve.ask(method, path)

    def click(self, path, **fields):
        """What the confirm page's button does."""
        status, page, _ = self.open(path)
        self.assertEqual(status, 200, page)
        hidden = re.search(r'name="version" value="(\d+)"', page)[1]
        return self.post(path, version=hidden, **fields)

    def post(self, path, **fields):
        return self.serve.ask('POST', path, urllib.parse.urlencode(fields).encode(), {'Content-Type': 'application/x-www-form-urlencoded'})

    def ticket(self, subject):
        return next((one for one in self.serve.tickets() if one['subject'] == subject), None)

    def landed(self, subject):
        self.serve.wait(lambda: (self.ticket(subject) or {}).get('state') == 'landed', f'{subject} has landed')
        return self.ticket(subject)

    def receipt(self, ticket, part):
        return self.serve.whole(ticket['id'])['receipt'][part]


class Misroute(EmailFlow):
    def test_a_misroute_is_mended_by_one_link_and_learned(self):
        # A customer writes; nobody has ever asked such a thing, so it waits in triage, whose inbox gets the card.
        self.mail_in(customer_mail('Kim', 'Pegs', STRANGE))
        ticket = self.landed('Pegs')
        inbox = f'{ticket["team"].lower()}@shop.example'
        self.assertNotEqual(ticket['team'], 'Technical')
        card = self.server.wait(inbox, 1)[0]
        self.assertEqual(card['To'], inbox)
        self.assertEqual(card['Subject'], f'[TR-{ticket["id"]}] Pegs')
        self.assertEqual(card['Reply-To'], 'support@shop.example')
        self.assertEqual(card['Auto-Submitted'], 'auto-generated')
        self.assertIn('> ' + STRANGE, text_of(card))
        self.assertIn(STRANGE, html_of(card))
        self.assertIn('mailto:kim@mail.example?subject=', text_of(card))

        # A mail scanner follows every link, twice; nothing happens.
        self.serve.wait(lambda: all(row['state'] == 'delivered' for row in self.receipt(ticket, 'deliveries')), 'the card is marked as delivered')
        before = self.serve.whole(ticket['id'])
        for path in list(links_of(card).values()) * 2:
            status, page, headers = self.open(path)
            self.assertEqual(status, 200, page)
            self.assertIn("default-src 'none'", headers['Content-Security-Policy'])
            self.assertEqual(headers['Referrer-Policy'], 'no-referrer')
            self.assertEqual(self.open(path, 'HEAD')[1], '')
        self.assertEqual(self.serve.whole(ticket['id']), before)

        # A person opens "Reassign…", chooses and confirms.
        status, page, _ = self.click(links_of(card)['Reassign…'], to='topic:website', person=self.person(ticket['team']))
        self.assertEqual(status, 200, page)
        self.assertIn('Technical', page)
        moved = self.serve.whole(ticket['id'])
        self.assertEqual((moved['team'], moved['tags']['topic']), ('Technical', 'website'))

        # The new inbox has a card of its own, the old one a mail that says where it went; one thread for both.
        new = self.server.wait('tech@shop.example', 1)[0]
        went = self.server.wait(inbox, 2)[1]
        self.assertIn(f'Went to Technical, by {self.person(ticket["team"])}', text_of(went))
        self.assertEqual(went['In-Reply-To'], card['Message-ID'])
        root = card['References'].split()[0]
        self.assertEqual([root, root], [new['References'].split()[0], went['References'].split()[0]])
        self.assertEqual(len({card['Message-ID'], new['Message-ID'], went['Message-ID']}), 3)
        self.assertEqual(new['Subject'], card['Subject'])

        # The correction stands there, by the person who made it; the same link again changes nothing.
        corrections = self.receipt(ticket, 'corrections')
        self.assertEqual([(one['kind'], one['by']) for one in corrections], [('reassign', self.person(ticket['team']))])
        status, page, _ = self.post(links_of(card)['Reassign…'], to='topic:refund')
        self.assertEqual(status, 200)
        self.assertIn('used already', page)
        self.assertEqual(self.serve.whole(ticket['id'])['version'], moved['version'])

        # The next such ticket goes right.
        self.mail_in(customer_mail('Lou', 'Strings', STRANGE))
        self.assertEqual(self.landed('Strings')['team'], 'Technical')
        self.server.wait('tech@shop.example', 2)

        # Nobody but the team was ever written to.
        self.assertTrue(all(address.endswith('@shop.example') and address != 'support@shop.example' for address in self.server.everybody()))

    @staticmethod
    def person(team):
        return {'Triage': 'luis@shop.example', 'Billing': 'mei@shop.example', 'Shipping': 'ida@shop.example', 'Sales': 'eli@shop.example'}[team]


class Pipe(EmailFlow):
    """What comes back by mail."""

    def card(self):
        self.mail_in(customer_mail('Kim', 'Money', 'I was charged twice for one order, please help.'))
        self.known = self.landed('Money')
        self.assertEqual(self.known['team'], 'Billing')
        self.serve.wait(lambda: len(self.server.mails) == 2, 'the card and the ping are there')
        return self.server.wait('billing@shop.example', 1)[0]

    def settled(self, messages):
        def done():
            whole = self.serve.whole(self.known['id'])
            return len(whole['messages']) == messages and all(one['state'] == 'handled' for one in whole['messages'])
        self.serve.wait(done, f'{messages} messages are handled')
        return self.serve.whole(self.known['id'])

    def test_a_reply_to_a_card_is_a_note(self):
        card = self.card()
        sent = len(self.server.mails)
        self.mail_in(reply('Mei <mei@shop.example>', card, 'I have seen this customer before.'))
        whole = self.settled(2)
        self.assertEqual((whole['state'], whole['messages'][1]['author']), ('landed', 'note'))
        self.assertIn('note', [row['kind'] for row in whole['receipt']['audit']])
        # Also from the inbox itself, and where the mail program lost the References: the tag stands in the subject.
        self.mail_in(reply('billing@shop.example', card, 'Noted.'))
        lost = re.sub(rb'(In-Reply-To|References):.*\r\n', b'', reply('Luis <luis@shop.example>', card, 'Me too.'))
        self.mail_in(lost)
        whole = self.settled(4)
        self.assertEqual((whole['state'], [one['author'] for one in whole['messages'][1:]]), ('landed', ['note'] * 3))
        self.assertEqual(len(self.serve.tickets()), 1)
        self.assertEqual(len(self.server.mails), sent)

    def test_an_out_of_office_reply_makes_no_loop(self):
        card = self.card()
        sent = len(self.server.mails)
        for n in range(3):
            self.mail_in(reply('Dana <dana@shop.example>', card, f'I am away until Monday. {n}', 'Auto-Submitted: auto-replied'))
            self.mail_in(reply('Vacation <away@elsewhere.example>', card, f'Away. {n}', 'Auto-Submitted: auto-replied'))
        whole = self.settled(7)
        self.assertEqual(whole['state'], 'landed')
        self.assertEqual(len(self.serve.tickets()), 1)
        self.assertEqual(len(self.server.mails), sent)

    def test_a_card_that_comes_back_is_our_own(self):
        card = self.card()
        raw = next(content for recipients, _, content in self.server.mails if recipients == ['billing@shop.example'])
        sent = len(self.server.mails)
        self.mail_in(raw)
        self.settled(2)
        self.assertEqual((len(self.serve.tickets()), len(self.server.mails)), (1, sent))
        parsed = subprocess.run([ROUTER, 'mail', 'parse'], input=raw, capture_output=True, timeout=60)
        self.assertIn(b'"auto":"autoreply"', parsed.stdout)  # it knows no installation here, and still nobody answers it
        self.assertIsNotNone(card)

    def test_an_answer_to_the_customer_takes_the_ticket(self):
        card = self.card()
        mailto = re.search(r'mailto:\S+', text_of(card))[0]
        fields = urllib.parse.parse_qs(mailto.split('?', 1)[1])
        self.assertEqual(fields['cc'], ['support@shop.example'])
        self.mail_in((f'From: Mei <mei@shop.example>\r\nTo: kim@mail.example\r\nCc: support@shop.example\r\nSubject: {fields["subject"][0]}\r\n'
                      f'Message-ID: <answer@shop.example>\r\nDate: Tue, 8 Dec 2026 12:00:00 +0000\r\n\r\nYour money is on its way.\r\n').encode())
        whole = self.settled(2)
        self.assertEqual((whole['state'], whole['taken_by']), ('taken', 'mei@shop.example'))
        update = self.server.wait('billing@shop.example', 2)[1]
        self.assertIn('Taken by mei@shop.example', text_of(update))

    def test_a_persons_reply_on_their_own_ticket_is_its_customers(self):
        self.mail_in(b'From: Eli <eli@shop.example>\r\nTo: support@shop.example\r\nSubject: Laptop\r\nMessage-ID: <laptop@shop.example>\r\n'
                     b'Date: Tue, 8 Dec 2026 10:00:00 +0000\r\n\r\nI was charged twice for one order.\r\n')
        self.known = self.landed('Laptop')
        self.mail_in(b'From: Eli <eli@shop.example>\r\nTo: support@shop.example\r\nSubject: Re: Laptop\r\nMessage-ID: <laptop2@shop.example>\r\n'
                     b'In-Reply-To: <laptop@shop.example>\r\nDate: Tue, 8 Dec 2026 11:00:00 +0000\r\n\r\nAnd once more today.\r\n')
        whole = self.settled(2)
        self.assertEqual((whole['state'], whole['messages'][1]['author']), ('landed', 'customer'))


class Links(EmailFlow):
    """Each link's page, and what a link cannot do."""

    def landed_card(self, subject='Money'):
        self.mail_in(customer_mail('Kim', subject, 'I was charged twice for one order, please help.'))
        ticket = self.landed(subject)
        return ticket, self.server.wait('billing@shop.example', 1)[0]

    def test_take_done_bump_and_undo(self):
        ticket, card = self.landed_card()
        links = links_of(card)
        status, page, _ = self.click(links['Take'])
        self.assertEqual(status, 422)
        self.assertIn('Say who you are', page)
        status, page, _ = self.click(links['Take'], person='mallory@evil.example')
        self.assertEqual(status, 422)
        status, page, _ = self.click(links['Take'], person='mei@shop.example')
        self.assertEqual(status, 200, page)
        whole = self.serve.whole(ticket['id'])
        self.assertEqual((whole['state'], whole['taken_by']), ('taken', 'mei@shop.example'))
        # The same click again, as impatient people do: no second correction.
        self.assertEqual(self.post(links['Take'], person='mei@shop.example')[0], 200)
        self.assertEqual(len(self.receipt(ticket, 'corrections')), 1)
        # The first card's other links show the ticket as it is now and still work.
        status, page, _ = self.open(links['Bump…'])
        self.assertIn('has changed since the card was sent', page)
        self.assertEqual(self.click(links['Bump…'], urgency='high', reason='a <friend>')[0], 200)
        self.assertEqual(self.serve.whole(ticket['id'])['tags']['urgency'], 'high')
        # The newest card has what its state allows.
        self.serve.wait(lambda: len(self.server.inbox('billing@shop.example')) >= 3, 'a card for each change')
        newest = next(mail for mail in reversed(self.server.inbox('billing@shop.example')) if 'Undo' in links_of(mail))
        self.assertEqual(self.click(links_of(newest)['Done'])[0], 200)
        self.assertEqual(self.serve.whole(ticket['id'])['state'], 'done')
        status, page, _ = self.open(links['Bump…'])
        self.assertEqual(status, 409)
        self.assertIn('moved on', page)

    def test_why_shows_the_rule_and_changes_nothing(self):
        ticket, card = self.landed_card()
        # Its ping may wait for the team's hours.
        self.serve.wait(lambda: all(row['state'] == 'delivered' for row in self.receipt(ticket, 'deliveries') if row['kind'] == 'card'),
                        'the card is marked as delivered')
        before = self.serve.whole(ticket['id'])
        path = links_of(card)['Why?']
        for status, page, _ in (self.open(path), self.post(path, version=ticket['version'], person='mei@shop.example')):
            self.assertEqual(status, 200, page)
            self.assertIn('Why it is here', page)
            self.assertIn('charged twice', page)
            self.assertRegex(page, r'line \d+')
            self.assertIn('[decided]', page)
            self.assertNotIn('<form', page)
        self.assertEqual(self.serve.whole(ticket['id']), before)

    def test_split_into_two(self):
        self.mail_in(customer_mail('Kim', 'Two things', 'I was charged twice for one order.\nAnd my parcel has not arrived.'))
        ticket = self.landed('Two things')
        card = self.server.wait(ticket['team'].lower() + '@shop.example', 1)[0]
        path = links_of(card)['Split…']
        status, page, _ = self.open(path)
        self.assertEqual(status, 200)
        self.assertRegex(page, r'<textarea name="text1" rows="12">\nI was charged twice for one order.\nAnd my parcel')
        for fields, says in (({'topic1': 'payment', 'text1': 'I was charged twice for one order.'}, 'two to five parts'),
                             ({'topic1': 'payment', 'text1': 'x', 'topic2': 'delivery', 'text2': ' '}, 'a topic and its words'),
                             ({'topic1': 'payment', 'text1': 'x', 'topic2': 'weather', 'text2': 'y'}, 'no topic of the sheet')):
            status, page, _ = self.click(path, **fields)
            self.assertEqual(status, 422)
            self.assertIn(says, page)
        parts = {'topic1': 'payment', 'text1': 'I was charged twice for one order.\r\n', 'topic2': 'delivery', 'text2': 'And my parcel has not arrived.'}
        self.assertEqual(self.click(path, person='mei@shop.example', **parts)[0], 200)
        self.assertEqual(self.serve.whole(ticket['id'])['state'], 'split')
        self.serve.wait(lambda: sorted(one['team'] for one in self.serve.tickets() if one['state'] == 'landed') == ['Billing', 'Shipping'], 'each part')
        self.assertEqual(self.post(path, person='mei@shop.example', **parts)[0], 200, 'the same click again')
        self.assertEqual(len(self.serve.tickets()), 3)

    def test_a_stale_page_changes_nothing(self):
        ticket, card = self.landed_card()
        path = links_of(card)['Bump…']
        status, page, _ = self.post(path, version=ticket['version'] - 1, urgency='high')
        self.assertEqual(status, 409)
        self.assertIn('changed meanwhile', page)
        self.assertEqual(self.receipt(ticket, 'corrections'), [])

    def test_forged_and_cut_links(self):
        ticket, card = self.landed_card()
        for path in links_of(card).values():
            for bad in (path[:-1], path[:-3] + 'AAA', '/c/' + path[4:], '/c/x', '/c/x.y', path + 'x', path.replace('.', '')):
                if bad == path:
                    continue
                for method in ('GET', 'POST'):
                    status, page, _ = self.serve.ask(method, bad, b'' if method == 'POST' else None)
                    self.assertEqual(status, 403, page)
                    self.assertIn('not a link of ours', page)
        self.assertEqual(self.receipt(ticket, 'corrections'), [])

    def test_who_left_may_do_nothing(self):
        _, card = self.landed_card()
        path = links_of(card)['Done']
        self.serve.stop()
        sheet = os.path.join(self.serve.rules, 'teams.csv')
        with open(sheet) as f:
            teams = f.read()
        with open(sheet, 'w') as f:
            f.write(teams.replace('billing@shop.example', 'accounts@shop.example'))
        self.serve.start()
        for method in ('GET', 'POST'):
            status, page, _ = self.serve.ask(method, path, b'' if method == 'POST' else None)
            self.assertEqual(status, 403, page)
            self.assertIn('no longer in the teams tab', page)

    def test_hostile_words_are_words(self):
        hostile = '<script>alert(1)</script>"><img src=x>'
        ticket, card = self.landed_card(hostile)
        self.assertEqual(card['Subject'], f'[TR-{ticket["id"]}] {hostile}')
        for page in [html_of(card)] + [self.open(path)[1] for path in links_of(card).values()]:
            self.assertNotIn('<script', page)
            self.assertNotIn('<img', page)
            self.assertIn('&lt;script&gt;', page)


    def test_hostile_words_do_not_leave_their_field(self):
        self.mail_in(customer_mail('Kim', 'Field', 'I was charged twice </textarea><script>alert(1)</script>, please help.'))
        self.landed('Field')
        page = self.open(links_of(self.server.wait('billing@shop.example', 1)[0])['Split…'])[1]
        self.assertEqual(page.count('</textarea>'), 5)
        self.assertNotIn('<script', page)


class Server(EmailFlow):
    """The mail server's moods."""

    def one(self, name):
        self.mail_in(customer_mail(name, name, 'I was charged twice for one order, please help.'))
        return self.landed(name)

    def deliveries(self, ticket):
        return {one['kind']: one for one in self.receipt(ticket, 'deliveries')}

    def test_later_is_tried_again(self):
        self.server.answer('RCPT', '451 4.3.0 later')
        ticket = self.one('Kim')
        self.serve.wait(lambda: '451' in self.deliveries(ticket)['card'].get('trouble', ''), 'the server said later')
        self.server.answer('RCPT', None)
        self.server.wait('billing@shop.example', 1)
        self.assertEqual(self.server.everybody() - {'billing@shop.example', 'dana@shop.example', 'luis@shop.example'}, set())

    def test_a_refused_inbox_falls_back_to_triage(self):
        async def refuse(server, session, envelope, address, options):
            if address == 'billing@shop.example':
                return '550 5.1.1 no such mailbox'
            envelope.rcpt_tos.append(address)
            return '250 OK'
        self.server.handle_RCPT = refuse
        self.one('Kim')
        self.server.wait('triage@shop.example', 1)

    def test_connections_are_kept(self):
        for name in ('Kim', 'Lou', 'Max', 'Ben', 'Eva'):
            self.one(name)
        self.server.wait('billing@shop.example', 5)
        self.assertLess(self.server.sessions, 10)

    def test_a_wrong_password_loses_nothing(self):
        self.serve.stop()
        self.serve.config = self.config().replace('a password for tests', 'another one')
        self.serve.start()
        ticket = self.one('Kim')
        self.serve.wait(lambda: 'smtp.user' in self.deliveries(ticket)['card'].get('trouble', ''), 'the login is refused')
        self.assertNotIn('another one', self.serve.log_text())
        self.serve.stop()
        self.serve.config = self.config()
        self.serve.start()
        self.server.wait('billing@shop.example', 1)

    def test_a_certificate_that_nobody_vouches_for_is_refused(self):
        self.serve.stop()
        self.serve.config = re.sub('ca_file.*\n', '', self.config())
        self.serve.start()
        ticket = self.one('Kim')
        self.serve.wait(lambda: 'certificate' in self.deliveries(ticket)['card'].get('trouble', ''), 'the certificate is refused')
        self.assertEqual(self.server.mails, [])


class Doctor(EmailFlow):
    def doctor(self, config):
        path = os.path.join(self.top, 'doctor.toml')
        with open(path, 'w') as f:
            f.write('[http]\nbase_url = "https://router.example"\n' + config)
        done = subprocess.run([ROUTER, 'doctor', '--data', self.serve.data, '--config', path, '--rules', self.serve.rules], capture_output=True,
                              text=True, timeout=60)
        return done.returncode, done.stdout

    def test_says_what_is_wrong_with_mail(self):
        code, said = self.doctor(self.config())
        self.assertEqual((code, said.splitlines()[0]), (0, 'Everything is in order.'))
        mails = len(self.server.mails)
        for change, words in ((('a password for tests', 'another one'), 'check smtp.user and the password'),
                              (('port = ', 'port = 1 #'), 'check smtp.host and smtp.port'),
                              (('ca_file', 'connect_seconds = 5 #'), 'certificate'),
                              (('"router@shop.example"\nca', '"billing@shop.example"\nca'), 'is smtp.from too')):
            code, said = self.doctor(self.config().replace(*change))
            self.assertEqual(code, 1, said)
            self.assertIn(words, said)
        self.assertEqual(len(self.server.mails), mails)


class OverTls(EmailFlow):
    TLS = 'tls'

    def test_tls_from_the_first_byte(self):
        self.mail_in(customer_mail('Kim', 'Money', 'I was charged twice for one order, please help.'))
        self.server.wait('billing@shop.example', 1)


if __name__ == '__main__':
    with_aiosmtpd()
    ROUTER = os.path.abspath(sys.argv[1])
    unittest.main(argv=[sys.argv[0], *[one for one in sys.argv[2:] if not one.startswith('/')]], verbosity=2)
