"""A program that takes POST /form and lands tickets in SQLite: started on a fresh folder, loaded, its books checked, stopped."""
import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time

SECRET = 's3cret'


class Contestant:
    """How to start one. {port} and {data} stand in `command`, {data} in `database`."""

    def __init__(self, name, command, database, tickets_sql, landed_sql):
        self.name, self.command, self.database, self.tickets_sql, self.landed_sql = name, command, database, tickets_sql, landed_sql


class Run:
    def __init__(self, contestant, loader, folder):
        self.contestant, self.loader, self.parent = contestant, loader, folder
        self.process = self.books = None

    def __enter__(self):
        self.data = tempfile.mkdtemp(prefix='bench-', dir=self.parent)
        with socket.socket() as s:
            s.bind(('127.0.0.1', 0))
            self.port = s.getsockname()[1]
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.data)

    def start(self):
        command = [part.replace('{port}', str(self.port)).replace('{data}', self.data) for part in self.contestant.command]
        with open(os.path.join(self.data, 'log'), 'a') as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=dict(os.environ, TR_FORM_SECRET=SECRET))
        self.wait(self.is_ready, 'it is ready')
        self.books = sqlite3.connect(f'file:{self.contestant.database.replace("{data}", self.data)}?mode=ro', uri=True, timeout=30)

    def stop(self):
        if self.books:
            self.books.close()
            self.books = None
        if not self.process or self.process.poll() is not None:
            return
        children = family(self.process.pid)[1:]
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for child in children:  # a server that leaves its worker behind would run beside everything measured later
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def wait(self, condition, what, seconds=120):
        end = time.monotonic() + seconds
        while not condition():
            if self.process.poll() is not None or time.monotonic() > end:
                with open(os.path.join(self.data, 'log')) as f:
                    raise RuntimeError(f'{self.contestant.name}: waited in vain that {what}: {f.read()[-600:]}')
            time.sleep(0.01)

    def is_ready(self):
        try:
            return self.ask('/readyz')[0] == 200
        except OSError:
            return False

    def ask(self, path, headers=None):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
        try:
            connection.request('GET', path, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def tickets(self):
        return self.books.execute(self.contestant.tickets_sql).fetchone()[0]

    def landed(self):
        return self.books.execute(self.contestant.landed_sql).fetchone()[0]

    def drain(self):
        """Until every ticket has landed."""
        self.wait(lambda: self.landed() >= self.tickets(), 'everything lands', 300)

    def load(self, **options):
        """What the load generator says; see bench_load."""
        command = [self.loader, '--port', str(self.port), '--secret', SECRET]
        for name, value in options.items():
            command += ['--' + name, str(value)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=900)
        if done.returncode != 0:
            raise RuntimeError(f'{self.contestant.name}: the load ended early: {done.stderr}')
        return json.loads(done.stdout)

    def warm_up(self):
        self.load(seconds=1, rate=100, clients=4)
        self.drain()

    def memory(self):
        """(resident, peak) in MB of the process and its children."""
        total = [0, 0]
        for pid in family(self.process.pid):
            with open(f'/proc/{pid}/status') as f:
                fields = dict(line.split(':', 1) for line in f if line.startswith('Vm'))
            total[0] += int(fields['VmRSS'].split()[0]) * 1024 / 1e6
            total[1] += int(fields['VmHWM'].split()[0]) * 1024 / 1e6
        return total

    def cpu_seconds(self):
        total = 0
        for pid in family(self.process.pid):
            with open(f'/proc/{pid}/stat') as f:
                fields = f.read().rpartition(')')[2].split()
            total += (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')
        return total


def family(pid):
    found = [pid]
    for task in os.listdir(f'/proc/{pid}/task'):
        with open(f'/proc/{pid}/task/{task}/children') as f:
            for child in f.read().split():
                found += family(int(child))
    return found
