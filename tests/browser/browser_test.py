#!/usr/bin/env python3
"""The pages in a real browser (Chromium without a window): the page at /, the form, the form inside another site.

usage: browser_test.py TICKET_ROUTER [/PATH/OF/TR_PROBE] [CLASS.TEST …]
Skips itself (77) without Chromium, its driver or selenium. A failed test leaves a picture in build/browser.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.dirname(HERE))

from loopback import LoopbackServer
from serving import CONFIG, FORM_SECRET, Serve

HOSTILE = '''"><img src=x onerror="window.hacked=1"><script>window.hacked=2</script><iframe src="javascript:parent.hacked=3"></iframe>{{7*7}}</pre></td>'''
HARMLESS = 'return [window.hacked ?? null, document.title, document.querySelectorAll("img, iframe, script:not([src]), [onerror], a").length]'
ROUTER = ''


def skip(why):
    print(f'skipped: {why}')
    sys.exit(77)


def with_selenium():
    """Runs this script again in the tests' own Python where this one has no selenium."""
    try:
        import selenium  # noqa: F401
        return
    except ImportError:
        pass
    made = subprocess.run(['sh', os.path.join(TOP, 'scripts', 'test_tools.sh')], capture_output=True, text=True)
    python = os.path.join(made.stdout.strip(), 'bin', 'python')
    if made.returncode != 0 or os.path.abspath(sys.executable) == python:
        skip('selenium cannot be had: ' + made.stderr[-300:])
    os.execv(python, [python, *sys.argv])


class Site(LoopbackServer):
    """Another origin: pages by their path."""

    def __init__(self, pages):
        self.pages = pages
        self.start()
        self.origin = f'http://localhost:{self.port}'

    def serve(self, handler, body):
        self.reply(handler, 200, self.pages.get(handler.path, '').encode(), 'text/html; charset=utf-8')


class Browser(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        from selenium import webdriver
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which('chromium')
        for argument in ('--headless=new', '--disable-dev-shm-usage', '--disable-gpu', '--window-size=1200,1400', '--lang=en'):
            options.add_argument(argument)
        if os.geteuid() == 0:
            options.add_argument('--no-sandbox')  # Chromium's sandbox refuses root
        options.set_capability('goog:loggingPrefs', {'browser': 'ALL'})
        cls.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=shutil.which('chromedriver')))
        cls.addClassCleanup(cls.driver.quit)

    def setUp(self):
        self.top = tempfile.mkdtemp(prefix='tr-browser-')
        self.addCleanup(shutil.rmtree, self.top, ignore_errors=True)
        self.driver.get('about:blank')
        self.driver.get_log('browser')

    def run(self, result=None):
        bad = lambda: len(result.failures) + len(result.errors)
        before = bad()
        super().run(result)
        if bad() > before and getattr(self, 'driver', None):
            folder = os.path.join(TOP, 'build', 'browser')
            os.makedirs(folder, exist_ok=True)
            self.driver.save_screenshot(os.path.join(folder, self.id().split('.', 1)[1] + '.png'))
        return result

    def serve(self, config=''):
        serve = Serve(ROUTER, os.path.join(self.top, 'data'), config=CONFIG + config)
        serve.start()
        self.addCleanup(serve.stop)
        self.address = f'http://127.0.0.1:{serve.port}'
        return serve

    def find(self, css):
        return self.driver.find_element('css selector', css)

    def all(self, css):
        return self.driver.find_elements('css selector', css)

    def until(self, condition, what, seconds=60):
        from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
        end = time.monotonic() + seconds
        while True:
            try:
                found = condition()
                if found:
                    return found
            except (NoSuchElementException, StaleElementReferenceException):
                pass
            self.assertLess(time.monotonic(), end, f'waited in vain: {what}; the page says: {self.find("body").text[:500]}')
            time.sleep(0.05)

    def complaints(self):
        """What the browser complained of: scripts that failed, contents that the page's policy refused."""
        return [entry['message'] for entry in self.driver.get_log('browser') if entry['level'] in ('SEVERE', 'WARNING') and 'favicon' not in entry['message']]


class Page(Browser):
    def land(self, serve, **fields):
        status, answer, _ = serve.post_form({'email': 'kim@mail.example', 'name': 'Kim', 'subject': 'Order 12', 'message': 'I was charged twice for my order.', **fields})
        self.assertEqual(status, 202, answer)
        serve.wait(lambda: serve.whole(answer['ticket_id'])['state'] == 'landed', 'it lands')
        return serve.whole(answer['ticket_id'])

    def sign_in(self, token):
        self.until(lambda: self.find('#login').is_displayed(), 'the sign-in is asked for')
        self.find('#token').clear()
        self.find('#token').send_keys(token + '\n')

    def open_team(self, serve, team):
        self.driver.get(self.address + '/')
        self.sign_in(serve.token())
        self.until(lambda: self.find('#main').is_displayed() and self.all('#teams button'), 'the teams are listed')
        self.until(lambda: [b for b in self.all('#teams button') if b.text.split('\n')[0].startswith(team)], 'the team is there')[0].click()
        self.until(lambda: self.find('#queue-name').text == team, 'its queue is shown')

    def test_queues_and_a_receipt(self):
        serve = self.serve()
        ticket = self.land(serve)
        self.open_team(serve, ticket['team'])
        teams = [team['team'] for team in serve.api('GET', '/api/v1/teams')[1]['teams']]
        self.assertEqual([button.find_element('css selector', 'span').text for button in self.all('#teams button')], teams)
        row = self.until(lambda: self.find('#queue tr'), 'the ticket stands in its queue')
        self.assertIn('Order 12', row.text)
        row.click()
        self.until(lambda: self.find('#subject').text == 'Order 12', 'the ticket is shown')
        self.assertIn(ticket['id'], self.find('#facts').text)
        self.assertIn('charged twice', self.find('#messages').text)
        self.assertEqual(json.loads(self.find('#receipt').text).keys(), ticket['receipt'].keys())
        self.assertTrue(self.all('#reasons li'))
        self.assertEqual(self.complaints(), [])

    def test_a_new_ticket_appears_by_itself_and_opens_by_keyboard(self):
        serve = self.serve()
        team = self.land(serve)['team']
        self.open_team(serve, team)
        self.until(lambda: len(self.all('#queue tr')) == 1, 'the first is there')
        self.land(serve, email='lee@mail.example', subject='Another one')
        self.until(lambda: len(self.all('#queue tr')) == 2, 'the second comes without a reload')
        self.until(lambda: [row for row in self.all('#queue tr') if 'Another one' in row.text], 'it is the new one')[0].send_keys('\n')
        self.until(lambda: self.find('#subject').text == 'Another one', 'Enter opens it')

    def test_what_a_customer_writes_stays_text(self):
        serve = self.serve()
        ticket = self.land(serve, name=HOSTILE, subject=HOSTILE, message='I was charged twice ' + HOSTILE)
        self.open_team(serve, ticket['team'])
        row = self.until(lambda: self.find('#queue tr'), 'the ticket stands in its queue')
        self.assertIn('<script>', row.text)
        row.click()
        self.until(lambda: '<script>' in self.find('#subject').text, 'the ticket is shown')
        self.until(lambda: '<script>' in self.find('#messages').text, 'with its message')
        self.assertEqual(self.driver.execute_script(HARMLESS), [None, 'Ticket Router', 0])
        self.assertEqual(self.complaints(), [])

    def test_a_wrong_token_is_told_and_nothing_is_shown(self):
        serve = self.serve()
        self.land(serve)
        self.driver.get(self.address + '/')
        self.sign_in('not the token')
        self.until(lambda: 'not known' in self.find('#status').text, 'it says so')
        self.assertTrue(self.find('#login').is_displayed())
        self.assertFalse(self.find('#main').is_displayed())
        self.sign_in(serve.token())
        self.until(lambda: self.all('#teams button'), 'the right one still works')


class Filling(Browser):
    FIELDS = {'email': 'kim@mail.example', 'name': 'Kim', 'subject': 'Order 12', 'message': 'Where is my parcel? It was due on Monday.'}

    def fill(self, **fields):
        for name, value in {**self.FIELDS, **fields}.items():
            field = self.find(f'[name={name}]')
            field.clear()
            field.send_keys(value)

    def send(self):
        self.find('button').click()

    def thanked(self):
        self.until(lambda: 'Thank you' in self.find('body').text, 'thanks are said')


class Form(Filling):
    def test_filled_in_and_sent(self):
        serve = self.serve()
        self.driver.get(self.address + '/form')
        self.fill()
        self.send()
        self.thanked()
        serve.wait(lambda: [t['state'] for t in serve.tickets()] == ['landed'], 'the ticket stands')
        ticket = serve.whole(serve.tickets()[0]['id'])
        self.assertEqual((ticket['customer']['address'], ticket['customer']['name'], ticket['subject']), ('kim@mail.example', 'Kim', 'Order 12'))
        self.assertEqual(ticket['messages'][0]['text'].strip(), self.FIELDS['message'])
        self.assertEqual(self.complaints(), [])

    def test_a_double_click_is_one_ticket(self):
        from selenium.webdriver import ActionChains
        serve = self.serve()
        self.driver.get(self.address + '/form')
        self.fill()
        ActionChains(self.driver).double_click(self.find('button')).perform()
        self.thanked()
        serve.wait(lambda: [t['state'] for t in serve.tickets()] == ['landed'], 'one ticket stands')

    def test_gone_back_and_sent_again_joins_the_first(self):
        serve = self.serve()
        for _ in range(2):
            self.driver.get(self.address + '/form')
            self.fill()
            self.send()
            self.thanked()
            serve.wait(lambda: any(t['state'] == 'landed' for t in serve.tickets()), 'the first lands')
        serve.wait(lambda: sorted(t['state'] for t in serve.tickets()) == ['landed', 'merged'], 'the second joins it')

    def test_an_empty_one_is_not_sent(self):
        serve = self.serve()
        self.driver.get(self.address + '/form')
        self.fill(message='')
        self.send()
        self.assertFalse(self.driver.execute_script('return document.querySelector("form").checkValidity()'))
        self.assertTrue(self.find('[name=message]').is_displayed())
        self.assertEqual(serve.tickets(), [])

    def test_nobody_sees_the_honeypot_and_who_fills_it_is_suspect(self):
        serve = self.serve()
        self.driver.get(self.address + '/form')
        trap = self.driver.execute_script('const box = document.querySelector("[name=website]").getBoundingClientRect(); return [box.right, box.bottom, box.width * box.height]')
        self.assertTrue(trap[0] <= 0 or trap[1] <= 0 or trap[2] <= 1, f'the honeypot can be seen: {trap}')
        self.assertEqual(self.find('[name=website]').get_attribute('tabindex'), '-1')
        self.fill()
        self.driver.execute_script('document.querySelector("[name=website]").value = "http://spam.example"')
        self.send()
        self.thanked()
        self.assertEqual([ticket['state'] for ticket in serve.tickets()], ['suspect'])


class Embedded(Filling):
    """The form in a frame of another origin's page, and posted by that page's own script."""
    POST = '''const done = arguments[arguments.length - 1];
        fetch(arguments[0] + "/form", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(arguments[1])})
          .then(async (answer) => done([answer.status, await answer.json()]), (error) => done(["refused", String(error)]));'''

    def setUp(self):
        super().setUp()
        self.pages = {}
        self.site = Site(self.pages)
        self.addCleanup(self.site.close)

    def serve(self, config=None):
        serve = super().serve(f'[form]\norigins = ["{self.site.origin}"]\n' if config is None else config)
        self.pages['/contact'] = f'<!doctype html><title>Shop</title><h1>Contact</h1><iframe src="{self.address}/form" width="600" height="700"></iframe>'
        return serve

    def enter_frame(self):
        self.driver.get(self.site.origin + '/contact')
        self.driver.switch_to.frame(self.find('iframe'))

    def test_in_a_frame(self):
        serve = self.serve()
        self.enter_frame()
        self.until(lambda: self.find('[name=email]'), 'the form is in the frame')
        self.fill()
        self.send()
        self.thanked()
        serve.wait(lambda: [t['state'] for t in serve.tickets()] == ['landed'], 'the ticket stands')
        self.driver.switch_to.default_content()
        self.assertEqual(self.find('h1').text, 'Contact')
        self.assertEqual(self.complaints(), [])

    def test_not_in_a_frame_of_an_origin_that_is_not_listed(self):
        self.serve(config='')
        self.enter_frame()
        self.assertEqual(self.all('[name=email]'), [])
        self.assertTrue(any('frame-ancestors' in line for line in self.complaints()), 'the browser refused for another reason')

    def test_posted_by_the_page(self):
        serve = self.serve()
        self.driver.get(self.site.origin + '/contact')
        status, answer = self.driver.execute_async_script(self.POST, self.address, {**self.FIELDS, 'secret': FORM_SECRET})
        self.assertEqual(status, 202, answer)
        self.assertEqual([ticket['id'] for ticket in serve.tickets()], [answer['ticket_id']])

    def test_not_posted_by_a_page_of_an_origin_that_is_not_listed(self):
        serve = self.serve(config='')
        self.driver.get(self.site.origin + '/contact')
        self.assertEqual(self.driver.execute_async_script(self.POST, self.address, {**self.FIELDS, 'secret': FORM_SECRET})[0], 'refused')
        self.assertEqual(serve.tickets(), [])


if __name__ == '__main__':
    for program in ('chromium', 'chromedriver'):
        if not shutil.which(program):
            skip(f'{program} is not installed (Debian: chromium and chromium-driver)')
    with_selenium()
    ROUTER = sys.argv[1]
    chosen = [argument for argument in sys.argv[2:] if not argument.startswith('/')]
    unittest.main(argv=[sys.argv[0], *chosen], verbosity=2)
