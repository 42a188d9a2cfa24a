#!/usr/bin/env python3
"""Kills `serve` with SIGKILL at random moments under load over all three lanes, restarts it, and reads the books.

usage: crash_test.py TICKET_ROUTER [TR_PROBE] [--kills N] [--seed N]
Afterwards: every acknowledged message is handled once; every unacknowledged one is absent or handled once; no delivery was
made more than twice in the life of a ticket.
"""
import argparse
import collections
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from serving import Serve  # noqa: E402

TEXTS = ['Where is my parcel? It has been in the same depot since Monday.', 'I cannot log in any more, the reset link never arrives.',
         'I was charged twice for one order, please look into it.', 'This is unacceptable, nobody answers me, fix it immediately!',
         'Is the blue one coming back in stock?', 'Something about the thing again']


class Load:
    """Clients of the three lanes; each message carries a mark of its own. `acknowledged` holds the marks of those that
    were answered with success, `sent` of all."""

    def __init__(self, router, serve):
        self.router, self.serve = router, serve
        self.sent, self.acknowledged, self.lock = set(), set(), threading.Lock()
        self.running, self.paused, self.count = True, threading.Event(), 0
        self.threads = [threading.Thread(target=self.work, args=(lane,)) for lane in (self.form, self.form, self.chat, self.mail)]
        for thread in self.threads:
            thread.start()

    def mark(self):
        with self.lock:
            self.count += 1
            mark = f'mark{self.count:06d}x'
            self.sent.add(mark)
            return mark, TEXTS[self.count % len(TEXTS)]

    def work(self, lane):
        while self.running:
            mark, text = self.mark()
            try:
                good = lane(mark, text)
            except (OSError, ValueError, subprocess.SubprocessError):
                good = False
            except Exception as error:  # http.client's own, when the server dies in the middle
                good = False
                if 'http' not in type(error).__module__:
                    raise
            if good:
                with self.lock:
                    self.acknowledged.add(mark)
            time.sleep(0.002)

    def form(self, mark, text):
        return self.serve.post_form({'email': f'{mark}@mail.example', 'name': 'Kim', 'subject': mark, 'message': f'{text} {mark}'})[0] == 202

    def chat(self, mark, text):
        return self.serve.post_chat({'event': 'finished', 'conversation': mark, 'customer': {'name': 'Kim', 'email': f'{mark}@mail.example'},
                                     'subject': mark, 'messages': [{'author': 'visitor', 'name': 'Kim', 'text': f'{text} {mark}'}]})[0] == 202

    def mail(self, mark, text):
        raw = (f'From: Kim <{mark}@mail.example>\r\nTo: help@shop.example\r\nSubject: {mark}\r\nMessage-ID: <{mark}@mail.example>\r\n'
               f'Date: Tue, 8 Dec 2026 10:00:00 +0000\r\n\r\n{text} {mark}\r\n').encode()
        done = subprocess.run([self.router, 'mail', '--data', self.serve.data], input=raw, capture_output=True, timeout=60)
        if done.returncode not in (0, 75):
            raise AssertionError(f'mail exited {done.returncode}: {done.stderr}')
        return done.returncode == 0

    def stop(self):
        self.running = False
        for thread in self.threads:
            thread.join()


def count_deliveries(log):
    counts = collections.Counter()
    with open(log) as f:
        for line in f:
            if '"event":"posted"' in line:
                try:
                    counts[json.loads(line)['delivery']] += 1
                except ValueError:
                    pass  # a line that was cut by the kill
    return counts


def read_books(serve, load):
    bad = []
    handled = collections.Counter()
    for summary in serve.tickets():
        marks = set(re.findall(r'mark\d{6}x', summary['subject']))
        whole = serve.whole(summary['id'])
        if whole['state'] not in ('landed', 'merged', 'set_aside'):
            bad.append(f"ticket {summary['id']} is {whole['state']}")
        for message in whole['messages']:
            if message['state'] != 'handled':
                bad.append(f"ticket {summary['id']}: message {message['n']} is {message['state']}")
            marks |= set(re.findall(r'mark\d{6}x', message['text']))
        landings = [row for row in whole['receipt']['audit'] if row['kind'] in ('landed', 'merged', 'set_aside')]
        if len(landings) != 1:
            bad.append(f"ticket {summary['id']} was handled {len(landings)} times")
        for mark in marks:
            handled[mark] += 1
    bad += [f'{mark} was acknowledged and is not there' for mark in load.acknowledged if handled[mark] == 0]
    bad += [f'{mark} is there {n} times' for mark, n in handled.items() if n != 1]
    bad += [f'{mark} was never sent' for mark in handled if mark not in load.sent]
    for delivery, n in count_deliveries(serve.log).items():
        if n > 2:
            bad.append(f'delivery {delivery} was made {n} times')
    return bad, handled


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('router')
    parser.add_argument('probe', nargs='?')
    parser.add_argument('--kills', type=int, default=50)
    parser.add_argument('--seed', type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix='tr-crash-') as folder:
        serve = Serve(options.router, os.path.join(folder, 'data'))
        serve.start()
        load = Load(options.router, serve)
        try:
            for _ in range(options.kills):
                time.sleep(chance.uniform(0.02, 0.6))
                serve.kill()
                serve.start()
        finally:
            load.stop()
        try:
            serve.wait(lambda: serve.api('GET', '/api/v1/tickets?state=received&limit=1')[1]['tickets'] == [], 'nothing is received any more')
            serve.wait(lambda: serve.metric('dead_letters') == 0, 'no dead letters')
            bad, handled = read_books(serve, load)
        finally:
            code = serve.stop()
    if code != 0:
        bad.append(f'serve exited {code} after SIGTERM')
    for line in bad[:20]:
        print(line)
    print(f'{options.kills} kills (seed {options.seed}): {len(load.sent)} messages sent, {len(load.acknowledged)} acknowledged, '
          f'{sum(handled.values())} handled, {len(bad)} wrong')
    if len(load.acknowledged) < options.kills:
        print('too few messages were acknowledged for the test to say anything')
        return 1
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
