#!/usr/bin/env python3
"""What a ticket costs the functions in CPU, from its mail to its card: their own processes' time, on emulators of AWS.

usage: aws_bench.py TICKET_ROUTER_LAMBDA TR_PROBE [TICKETS]
Waiting for AWS and for the model costs no CPU here; signing, JSON, HTTP and our own work do.
"""
import os
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [os.path.join(TOP, 'tests'), os.path.join(TOP, 'tests', 'aws')]
import on_moto  # noqa: E402

if not os.environ.get('TR_TOOLS'):
    sys.exit(on_moto.run_with_tools(__file__))

import on_aws  # noqa: E402
from installation import Installation  # noqa: E402

WARM_UP = 20
MAIL = '''Return-Path: <c{n}@mail.example>\r
From: Customer {n} <c{n}@mail.example>\r
To: <help@shop.example>\r
Subject: My order {n}\r
Message-ID: <{n}@mail.example>\r
\r
Where is my delivery? It should have come last Friday, and the tracking page has not moved since. Order {n}.\r
'''


def cpu_millis(function):
    """Of the process, all of its threads: its own code's, and the kernel's for it, which is sockets here."""
    with open(f'/proc/{function.process.pid}/stat') as f:
        fields = f.read().rpartition(')')[2].split()
    return [int(ticks) * 1000 / os.sysconf('SC_CLK_TCK') for ticks in fields[11:13]]


def run(installation, mail, work, first, tickets):
    for n in range(first, first + tickets):
        mail.call(installation.lay_mail(f'bench-{n}', MAIL.format(n=n).encode()))
        event = installation.receive()
        failed = installation.settle(event, work.call(event))
        assert event['Records'] and not failed, (event, failed)


def main():
    tickets = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    with on_aws.whole_aws() as (environment, _, _):
        installation = Installation(environment, *sys.argv[1:3])
        functions = {name: installation.start(name) for name in ('drive-sync', 'mail', 'work')}
        try:
            functions['drive-sync'].call({'job': 'drive-sync'})
            measured = [functions['mail'], functions['work']]
            cold = sum(sum(cpu_millis(function)) for function in measured)
            run(installation, *measured, 0, WARM_UP)
            before = list(map(cpu_millis, measured))
            run(installation, *measured, WARM_UP, tickets)
            after = list(map(cpu_millis, measured))
        finally:
            for function in functions.values():
                function.end()
    spent = [[(now - then) / tickets for now, then in zip(*pair)] for pair in zip(after, before)]
    for name, (own, kernel) in (*zip(('mail', 'work and delivery'), spent), ('a ticket', map(sum, zip(*spent)))):
        print(f'{name}: {own:.2f} ms of CPU, and {kernel:.2f} in the kernel')
    print(f'both processes until their first event: {cold:.0f} ms')


if __name__ == '__main__':
    main()
