#!/usr/bin/env python3
"""How fast a landed ticket stands in Slack, and how fast a click is answered, beside a stand-in for Slack on loopback.

usage: slack_bench.py TICKET_ROUTER [TICKETS] [CLICKS]
Prints: milliseconds from landing to the card's arrival at the stand-in (its own time for the call is a separate line), and the
99th percentile of answers with 50 clicks a second.
"""
import os
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, '..', 'tests'), os.path.join(HERE, '..', 'tests', 'flow')]
import serving  # noqa: E402
from slack_stand_in import SIGNING_SECRET, TOKEN, StandIn, words  # noqa: E402

PEOPLE = {'UDANA': {'email': 'dana@shop.example'}}
CHANNELS = ('help-billing', 'help-shipping', 'help-tech', 'help-triage')
PER_SECOND = 50


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def line(name, millis):
    print(f'{name}: median {percentile(millis, 0.5):.1f} ms, p99 {percentile(millis, 0.99):.1f} ms, most {max(millis):.1f} ms ({len(millis)})')


def post(serve, n, text):
    status, body, _ = serve.post_form({'email': f'c{n}@mail.example', 'name': 'Kim', 'subject': f'Case {n}', 'message': text})
    assert status == 202, body
    return body['ticket_id']


def cards(serve, slack, count):
    """One at a time, two seconds apart: the channel's pace is not what is measured."""
    waits = []
    for n in range(count):
        post(serve, n, f'Where is my parcel number {n}? Tracking says nothing {n * n}.')
        card = slack.wait(lambda n=n: next((m for name in CHANNELS for m in slack.messages(name) if f'number {n}?' in words(m)), None), 'a card')
        ticket = serve.whole(card['metadata']['event_payload']['ticket'])
        landed = next(row for row in ticket['receipt']['audit'] if row['kind'] == 'landed')['at']
        begun = time.mktime(time.strptime(landed[:19], '%Y-%m-%dT%H:%M:%S')) - time.timezone + int(landed[20:23]) / 1000
        waits.append(max(0.0, (card['at'] - begun) * 1000))
        time.sleep(1.2)
    return waits


def clicks(serve, slack, count):
    """Each on a card of its own, at a fixed beat, whether or not the one before was answered."""
    slack.per_second = None
    slack.wait(lambda: sum(len(slack.messages(name)) for name in CHANNELS) >= count, f'{count} cards', 600)
    every = [(name, m) for name in CHANNELS for m in slack.messages(name) if 'thread_ts' not in m][:count]
    payloads = [slack.click_payload('UDANA', name, message, 'take') for name, message in every]
    taken, threads, lock = [], [], threading.Lock()

    def press(payload):
        status, body, seconds = slack.send(serve.port, payload)
        assert (status, body) == (200, ''), (status, body)
        with lock:
            taken.append(seconds * 1000)
    begun = time.monotonic()
    for n, payload in enumerate(payloads):
        time.sleep(max(0.0, begun + n / PER_SECOND - time.monotonic()))
        threads.append(threading.Thread(target=press, args=(payload,)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    return taken


def main():
    router = os.path.abspath(sys.argv[1])
    tickets, pressed = (int(n) for n in (sys.argv[2:4] + ['20', '100'])[:2])
    slack = StandIn(CHANNELS, PEOPLE, per_second=None)
    with tempfile.TemporaryDirectory(prefix='tr-slack-bench-') as top:
        config = f'[slack]\ntoken = "{TOKEN}"\nsigning_secret = "{SIGNING_SECRET}"\napi_url = "{slack.url}"\n'
        with serving.Serve(router, os.path.join(top, 'data'), config=config) as serve:
            line('landing to card', cards(serve, slack, tickets))
            line('the stand-in\'s own time', own_time(slack))
            for n in range(1000, 1000 + pressed):
                post(serve, n, f'Where is my parcel number {n}? Tracking says nothing {n * n}.')
            line(f'click to answer, {PER_SECOND} a second', clicks(serve, slack, pressed))
    slack.close()
    return 0


def own_time(slack):
    import http.client
    import json
    taken = []
    port = int(slack.url.split(':')[2].split('/')[0])
    for _ in range(50):
        begun = time.monotonic()
        connection = http.client.HTTPConnection('127.0.0.1', port)
        connection.request('POST', '/api/auth.test', json.dumps({}).encode(),
                           {'Authorization': f'Bearer {TOKEN}', 'Content-Type': 'application/json; charset=utf-8'})
        connection.getresponse().read()
        connection.close()
        taken.append((time.monotonic() - begun) * 1000)
    return taken


if __name__ == '__main__':
    sys.exit(main())
