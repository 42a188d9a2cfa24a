#!/usr/bin/env python3
"""How fast a landed ticket stands in Slack, and how fast a click is answered, beside a stand-in for Slack on loopback.

usage: slack_bench.py TICKET_ROUTER [CARDS] [SECONDS OF CLICKS]      (200 and 20)
Prints milliseconds from landing to the card's arrival at the stand-in (its own time for a call is a line of its own), and until a click is
answered with 50 clicks a second: median, 99th percentile, slowest.
"""
import datetime
import http.client
import os
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, '..', 'tests'), os.path.join(HERE, '..', 'tests', 'flow')]
import serving  # noqa: E402
from slack_stand_in import SIGNING_SECRET, TOKEN, StandIn, elements, words  # noqa: E402

PEOPLE = {'UOMAR': {'email': 'omar@shop.example'}}
CHANNELS = ('help-billing', 'help-shipping', 'help-tech', 'help-triage')
PER_SECOND = 50
CARD_MILLIS, CLICK_MILLIS = 50, 100  # what is wanted: of every card, and of 99 in 100 clicks


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def line(name, millis, wanted=''):
    print(f'{name}: median {percentile(millis, 0.5):.1f} ms, p99 {percentile(millis, 0.99):.1f} ms, slowest {max(millis):.1f} ms '
          f'({len(millis)}{wanted})', flush=True)


def verdict(most, limit):
    return f'; wanted under {limit} ms: {"met" if most < limit else "missed"}'


def millis_of(stamp):
    return datetime.datetime.fromisoformat(stamp.replace('Z', '+00:00')).timestamp() * 1000


def cards(serve, slack, count):
    """One at a time, a second apart: a channel's pace is not what is measured."""
    waits, posted = [], []
    for n in range(count):
        begun = time.monotonic()
        status, body, _ = serve.post_form({'email': f'c{n}@mail.example', 'name': 'Kim', 'subject': f'Case {n}',
                                           'message': f'Where is my parcel number {n}? Tracking says nothing {n * n}.'})
        assert status == 202, body
        channel, card = slack.wait(lambda n=n: next(((name, m) for name in CHANNELS for m in slack.channels[name]['messages'][-3:]
                                                     if f'number {n}?' in words(m)), None), 'a card')
        rows = serve.whole(card['metadata']['event_payload']['ticket'])['receipt']['audit']
        landed = next(row for row in rows if row['kind'] == 'landed')['at']
        waits.append(max(0.0, card['at'] * 1000 - millis_of(landed)))
        posted.append((channel, card))
        time.sleep(max(0.0, begun + 1.1 - time.monotonic()))
    return waits, posted


def clicks(serve, slack, posted, count):
    """At a fixed beat, whether or not the one before was answered: each card is taken, given back, taken again."""
    taken, threads, lock = [], [], threading.Lock()

    def press(payload):
        status, body, seconds = slack.send(serve.port, payload)
        assert (status, body) == (200, ''), (status, body)
        with lock:
            taken.append(seconds * 1000)
    begun = time.monotonic()
    for n in range(count):
        channel, card = posted[n % len(posted)]
        time.sleep(max(0.0, begun + n / PER_SECOND - time.monotonic()))
        with slack.lock:  # as it stands on the screen now
            payload = slack.click_payload('UOMAR', channel, card, 'take' if 'take' in elements(card) else 'release')
        threads.append(threading.Thread(target=press, args=(payload,)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    assert len(taken) == count, 'a click was not answered'
    return taken


def own_time(slack):
    taken = []
    for _ in range(50):
        begun = time.monotonic()
        connection = http.client.HTTPConnection('127.0.0.1', slack.port)
        connection.request('POST', '/api/auth.test', b'{}', {'Authorization': f'Bearer {TOKEN}', 'Content-Type': 'application/json; charset=utf-8'})
        connection.getresponse().read()
        connection.close()
        taken.append((time.monotonic() - begun) * 1000)
    return taken


def main():
    router = os.path.abspath(sys.argv[1])
    tickets, seconds = (int(n) for n in (sys.argv[2:4] + ['200', '20'][len(sys.argv[2:4]):]))
    slack = StandIn(CHANNELS, PEOPLE, per_second=None)
    with tempfile.TemporaryDirectory(prefix='tr-slack-bench-') as top:
        config = f'[slack]\ntoken = "{TOKEN}"\nsigning_secret = "{SIGNING_SECRET}"\napi_url = "{slack.url}"\n'
        with serving.Serve(router, os.path.join(top, 'data'), config=config) as serve:
            waits, posted = cards(serve, slack, tickets)
            line("landing to card", waits, verdict(max(waits), CARD_MILLIS))
            line('the stand-in\'s own time', own_time(slack))
            answers = clicks(serve, slack, posted, PER_SECOND * seconds)
            line(f'click to answer, {PER_SECOND} a second', answers, verdict(percentile(answers, 0.99), CLICK_MILLIS))
            print(f'{len(slack.private)} clicks told privately that the card was stale; {len(slack.refused)} calls refused')
    slack.close()
    return 0


if __name__ == '__main__':
    sys.exit(main())
