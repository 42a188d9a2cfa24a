#!/usr/bin/env python3
"""The figures of docs/benchmarks.md, each beside its target. Nothing else should run on the machine.

usage: bench.py [--short] [--only NAME …] [--program PATH] [--tools DIR] [--dir DIR] [--peer DIR] [--markdown docs/benchmarks.md]
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import peer
from contestant import Contestant, Run
from report import Report, machine

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(TOP, 'build')
MAIL = ('From: Kim <kim{n}@mail.example>\r\nTo: help@shop.example\r\nSubject: Order {n}\r\nMessage-ID: <bench-{n}@mail.example>\r\n'
        'Date: Tue, 8 Dec 2026 10:00:00 +0000\r\n\r\nI was charged twice for my order {n}, please send the money back.\r\n')


def median(runs, key):
    return statistics.median(run[key] for run in runs)


class Bench:
    def __init__(self, options):
        self.options = options
        self.folder = tempfile.mkdtemp(prefix='bench-', dir=options.dir)
        self.rules = os.path.join(self.folder, 'rules')
        shutil.copytree(os.path.join(TOP, 'tests', 'data', 'rules-example'), self.rules)
        self.report = Report(machine(self.folder))
        self.seconds, self.repeat, self.many = (2, 1, 3000) if options.short else (8, 3, 100_000)
        self.us = Contestant('ticket-router', [options.program, 'serve', '--data', '{data}', '--listen', '127.0.0.1:{port}', '--rules', self.rules],
                             '{data}/ticket-router.db', "SELECT n FROM tr_counters WHERE name = 'tickets'", "SELECT n FROM tr_counters WHERE name = 'landed'")
        self.python = self.peer = None
        if os.path.exists(os.path.join(options.peer, 'server.py')):
            self.python = peer.python_of(options.peer, BUILD)
            self.peer = peer.contestant(self.python, options.peer) if self.python else None

    def run(self, contestant):
        return Run(contestant, os.path.join(self.options.tools, 'bench_load'), self.folder)

    # --- form POST → landed

    def flat_out(self, contestant):
        """One closed load: all tickets over the time until the last one landed."""
        with self.run(contestant) as run:
            run.warm_up()
            tickets, landed, cpu, before, start = run.tickets(), run.landed(), run.cpu_seconds(), store_counts(run), time.monotonic()
            said = run.load(seconds=self.seconds, clients=32)
            run.drain()
            spent, made = time.monotonic() - start, run.landed() - landed
            said.update(landed_per_s=made / spent, resident=run.memory()[0], cpu_us=(run.cpu_seconds() - cpu) / max(1, made) * 1e6,
                        missing=said['sent'] - said['refused'] - said['broken'] - (run.tickets() - tickets))
            said.update({name: (value - before[name]) / max(1, made) for name, value in store_counts(run).items()})
            return said

    def landed(self):
        """form POST to landed, flat out, in turns with the Python peer where there is one."""
        ours, theirs = [], []
        for _ in range(self.repeat):
            ours.append(self.flat_out(self.us))
            if self.peer:
                theirs.append(self.flat_out(self.peer))
        rate = median(ours, 'landed_per_s')
        bad = sum(run['missing'] + run['refused'] + run['broken'] for run in ours)
        self.report.add('form POST → landed, durable, 32 clients flat out', f'{rate:,.0f} tickets/s', '8,000/s or more', rate >= 8000)
        self.report.add('— acknowledged but missing, refused or broken', str(bad), '0', bad == 0)
        self.report.add('— the 202 meanwhile, p50 / p99', f'{median(ours, "p50_ms"):.1f} / {median(ours, "p99_ms"):.1f} ms')
        self.report.add('— processor time of serve a ticket', f'{median(ours, "cpu_us"):.0f} µs')
        self.report.add('— fsyncs a ticket; steps of the store a ticket', f'{median(ours, "store_syncs_total"):.2f}; {median(ours, "store_steps_total"):.1f}')
        if not theirs:
            return self.report.note('No ratio: the Python peer does not lie at the path of --peer, or what it needs could not be installed.')
        pairs = [(our['landed_per_s'], their['landed_per_s']) for our, their in zip(ours, theirs)]
        ratio = statistics.median(our / their for our, their in pairs)
        self.report.add('ratio to the Python peer at its best, in turns', f'{ratio:.2f}', 'aim 2.5', ratio >= 2.5)
        self.report.add('— ours and theirs, run by run', '; '.join(f'{our:,.0f} and {their:,.0f}' for our, their in pairs) + ' tickets/s')
        self.report.add('— their processor time a ticket, and memory at the end, theirs and ours',
                        f'{median(theirs, "cpu_us"):.0f} µs; {median(theirs, "resident"):.0f} and {median(ours, "resident"):.0f} MB')

    def paced(self):
        """an open load of 1,000 a second."""
        for contestant in filter(None, (self.us, self.peer)):
            runs = []
            for _ in range(self.repeat):
                with self.run(contestant) as run:
                    run.warm_up()
                    runs.append(run.load(seconds=self.seconds, rate=1000))
            p50, p99 = median(runs, 'p50_ms'), median(runs, 'p99_ms')
            limit = ('3 ms or less at p99', p99 <= 3) if contestant is self.us else ('', None)
            self.report.add(f'{contestant.name} at 1,000/s, 202 from the due time, p50 / p99', f'{p50:.2f} / {p99:.2f} ms', *limit)
            self.report.add('— of which the generator itself was late, p99', f'{median(runs, "late_p99_ms"):.3f} ms')

    def slow(self):
        """2,000 idle or byte-at-a-time connections beside 1,000 requests a second."""
        with self.run(self.us) as run:
            run.warm_up()
            without = run.load(seconds=self.seconds, rate=1000)
            beside = run.load(seconds=self.seconds, rate=1000, slow=2000)
            again = run.load(seconds=self.seconds, rate=1000)
        figures = ' → '.join(f'{said["p50_ms"]:.2f} / {said["p99_ms"]:.2f}' for said in (without, beside, again))
        served = beside['refused'] + beside['broken'] + beside['slow_ended'] + beside['slow_lost'] == 0
        calm = beside['p99_ms'] <= max(3, 2 * max(without['p99_ms'], again['p99_ms']))
        self.report.add('202 without → beside → after 2,000 slow connections, p50 / p99', figures + ' ms', 'as before', served and calm)

    # --- a full store

    def full(self):
        """100,000 tickets: memory, a queue page, the mail command."""
        with self.run(self.us) as run:
            run.warm_up()
            said = run.load(count=self.many, seconds=600, clients=32)
            run.drain()
            stored = run.landed()
            resident, peak = run.memory()
            self.report.add(f'resident memory of serve after {stored:,} tickets (peak)', f'{resident:.0f} ({peak:.0f}) MB', 'under 100 MB', resident < 100)
            self.report.add('— those tickets, flat out', f'{said["answered"] / said["seconds"]:,.0f} accepted/s')
            self.pages(run, stored)
            run.stop()
            self.mail_command(run.data, f'with {stored:,} stored')

    def pages(self, run, stored):
        with open(os.path.join(run.data, 'admin.token')) as f:
            headers = {'Authorization': 'Bearer ' + f.read().strip()}
        teams = json.loads(run.ask('/api/v1/teams', headers)[1])['teams']
        team = max(teams, key=lambda one: one['total'])
        path, cursor, spent = f'/api/v1/teams/{team["team"]}/queue?limit=50', '', []
        for _ in range(200):  # page after page, down the queue
            start = time.monotonic()
            status, body = run.ask(f'{path}&cursor={cursor}', headers)
            spent.append((time.monotonic() - start) * 1000)
            page = json.loads(body)
            if status != 200 or not page['tickets']:
                raise RuntimeError(f'the queue page answered {status}: {body[:200]}')
            cursor = page['next'] or ''
        spent.sort()
        self.report.add(f'a queue page of 50, {stored:,} stored, {team["total"]:,} in that queue, p50 / p99', f'{spent[100]:.1f} / {spent[197]:.1f} ms',
                        'under 20 ms', spent[197] < 20)

    def mail(self):
        """`ticket-router mail` with serve stopped, on a folder that serve has made."""
        with self.run(self.us) as run:
            run.warm_up()
            run.stop()
            self.mail_command(run.data, 'few stored')

    def mail_command(self, data, where):
        spent = []
        for n in range(10 if self.options.short else 50):
            start = time.monotonic()
            done = subprocess.run([self.options.program, 'mail', '--data', data], input=MAIL.format(n=n).encode(), capture_output=True)
            spent.append((time.monotonic() - start) * 1000)
            if done.returncode != 0:
                raise RuntimeError('ticket-router mail: ' + done.stderr.decode())
        middle = statistics.median(spent)
        self.report.add(f'ticket-router mail, serve stopped, {where}: start to exit, median (slowest)', f'{middle:.1f} ({max(spent):.1f}) ms', 'under 40 ms', middle < 40)

    # --- single steps

    def steps(self):
        """what single steps cost."""
        names = {'ParseMail': 'a mail parsed', 'MailLane': 'a mail parsed and made an arrival', 'ReadText': 'a text read by the embedded reader', 'Decide': 'a decision',
                 'TrainReader': 'the embedded reader trained on the example sheet', 'ParseRules': 'the example rules parsed and checked'}
        for row in self.google_benchmark('micro_bench', '--benchmark_min_time=' + ('0.05' if self.options.short else '1')):
            self.report.add(names.get(row['name'], row['name']), f'{row["cpu_time"]:,.1f} µs, {row["allocs"]:,.0f} allocations')

    def store(self):
        """what the SQLite store costs."""
        for row in self.google_benchmark('store_bench', '--benchmark_filter=' + ('AcceptAndLand' if self.options.short else '.')):
            name = row['name'].replace('/iterations:2000', '').replace('/real_time', '')
            extra = f', {row["fsyncs"]:.2f} fsyncs, {row["works"]:.1f} steps, {row["cpu_us"]:.0f} µs of the writer' if 'fsyncs' in row else ''
            self.report.add(f'store: {name}', f'{row["real_time"]:,.1f} µs{extra}')

    def google_benchmark(self, name, *arguments):
        program = os.path.join(self.options.tools, name)
        if not os.path.exists(program):
            self.report.note(f'Skipped: {name} is not built (libbenchmark-dev).')
            return []
        done = subprocess.run([program, '--benchmark_format=json', *arguments], cwd=TOP, capture_output=True, text=True, timeout=900, env=dict(os.environ, TMPDIR=self.folder))
        if done.returncode != 0:
            raise RuntimeError(f'{name}: {done.stderr[-500:]}')
        return json.loads(done.stdout)['benchmarks']


def store_counts(run):
    """The store's own counters in /metrics; empty for a program that has none."""
    found = {}
    for line in run.ask('/metrics')[1].splitlines():
        name, _, value = line.partition(' ')
        if name in ('ticket_router_store_syncs_total', 'ticket_router_store_steps_total'):
            found[name.removeprefix('ticket_router_')] = float(value)
    return found


FIGURES = ('landed', 'paced', 'slow', 'full', 'mail', 'steps', 'store')


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--short', action='store_true', help='one short run of each: to see that it works, not to be trusted')
    ap.add_argument('--only', nargs='+', choices=FIGURES, default=FIGURES)
    ap.add_argument('--program', default=os.path.join(BUILD, 'release', 'ticket-router'))
    ap.add_argument('--tools', default=os.path.join(BUILD, 'release', 'benchmarks'), help='where bench_load and the other programs lie')
    ap.add_argument('--dir', default=BUILD, help='where data folders are made: a real disk')
    ap.add_argument('--peer', default=os.path.join(TOP, '..', 'shared', 'peers', 'python'))
    ap.add_argument('--markdown', metavar='PAGE', help='puts the table between the marks of that page')
    options = ap.parse_args()
    options.program, options.peer = os.path.abspath(options.program), os.path.abspath(options.peer)
    if os.getloadavg()[0] > 0.5:
        print(f'The load average is {os.getloadavg()[0]:.1f}: something else is running here, and the figures will say so.')
    bench, failed = Bench(options), 0
    print(bench.report.machine)
    try:
        for name in options.only:
            print(f'{name}: {getattr(bench, name).__doc__.rstrip(".")}', flush=True)
            try:
                getattr(bench, name)()
            except (RuntimeError, OSError, subprocess.TimeoutExpired) as trouble:
                failed += 1
                bench.report.note(f'{name} failed: {trouble}')
    finally:
        shutil.rmtree(bench.folder)
    if options.markdown:
        bench.report.write(options.markdown)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
