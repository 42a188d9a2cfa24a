#!/usr/bin/env python3
"""Other people's suites against the built program, where the folder shared/suites stands beside the project.

usage: suites_test.py TICKET_ROUTER TR_PROBE
Beside the runners' own counts: every message of the MIME suites, piped through `ticket-router mail`, is exactly one ticket
or one message on a ticket; piped twice it is still one; `ticket-router ticket ID` shows its receipt.
"""
import glob
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

from serving import Serve

SUITES = os.path.join(os.environ['TR_SOURCE'], '..', 'shared', 'suites')
# What the runners must reach: (script, words of the command, passed at least, of).
FLOORS = [('run_mime.py', ['{router}'], 180, 192), ('run_slack.py', ['{probe}', 'slack'], 18, 18),
          ('run_csv.py', ['{probe}', 'csv'], 11, 11), ('run_sigv4.py', ['{probe}', 'sigv4'], 38, 38)]


def run_suite(script, command, floor, of):
    out = subprocess.run([sys.executable, os.path.join(SUITES, script), *command], capture_output=True, text=True, timeout=600)
    found = re.search(r'^(?:sigv4-header: )?(\d+) passed, (\d+) failed(?:, total \d+)?$', out.stdout, re.M)
    passed = int(found[1]) if found else -1
    print(f'{script}: {passed} of {of} passed, {floor} wanted')
    if passed < floor:
        print(out.stdout[-2000:], out.stderr[-2000:])
    return passed >= floor


def pipe(router, data, raw):
    return subprocess.run([router, 'mail', '--data', data], input=raw, capture_output=True, timeout=60).returncode


def unhandled(data):
    """Messages that are stored and wait to be worked: nothing works them while no `serve` runs."""
    db = sqlite3.connect(f'file:{data}/ticket-router.db?mode=ro', uri=True)
    try:
        return db.execute('SELECT COUNT(*) FROM tr_unhandled').fetchone()[0]
    finally:
        db.close()


def every_message_once(router):
    bad = joined_before = 0
    files = sorted(f for f in glob.glob(os.path.join(SUITES, 'mime', '*', 'raw', '*')) if os.path.isfile(f))
    with tempfile.TemporaryDirectory(prefix='tr-suites-') as data:
        count = 0
        for name in files:
            with open(name, 'rb') as f:
                raw = f.read()
            made = []
            for _ in range(2):
                if pipe(router, data, raw) != 0:
                    print(f'{name}: the pipe did not exit 0')
                    bad += 1
                now = unhandled(data)
                made.append(now - count)
                count = now
            joined_before += made == [0, 0]
            if made not in ([1, 0], [0, 0]):
                print(f'{name}: made {made} messages, piped twice')
                bad += 1
        print(f'{len(files)} mails, each piped twice: {count} messages; {joined_before} were the same mail as one before')
        # Many of the suites' mails are one mail with other attachments: the same id, sender, date and words.
        bad += count < len(files) * 0.6
        with Serve(router, data) as serve:
            serve.wait(lambda: unhandled(data) == 0, 'all messages worked')
        bad += receipts(router, data)
    return bad == 0


def receipts(router, data):
    """`ticket ID --json` of a page of tickets, found by `ticket` without an id."""
    bad = 0
    listing = subprocess.run([router, 'ticket', '--data', data, '--json'], capture_output=True, text=True, timeout=60)
    for ticket in json.loads(listing.stdout)['tickets'][:20]:
        if ticket['state'] not in ('landed', 'set_aside', 'merged'):
            print(f"ticket {ticket['id']} is {ticket['state']}")
            bad += 1
        shown = subprocess.run([router, 'ticket', ticket['id'], '--data', data, '--json'], capture_output=True, text=True, timeout=60)
        if shown.returncode != 0 or 'receipt' not in json.loads(shown.stdout):
            print(f"ticket {ticket['id']}: no receipt: {shown.stderr.strip()}")
            bad += 1
    return bad


def main():
    if not os.path.isdir(SUITES):
        print('skipped: there is no folder shared/suites beside the project')
        return 77
    router, probe = sys.argv[1], sys.argv[2]
    good = True
    for script, command, floor, of in FLOORS:
        good &= run_suite(script, [word.format(router=router, probe=probe) for word in command], floor, of)
    good &= every_message_once(router)
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
