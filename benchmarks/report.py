"""The figures as a table, beside their targets and the machine that they were measured on."""
import os
import platform
import re
import time


def machine(folder):
    """One line: processor, cores, memory, system, what the disk under `folder` does, how busy it was."""
    with open('/proc/cpuinfo') as f:
        text = f.read()
    model = re.search(r'^model name\s*:\s*(.+)$', text, re.M)
    megahertz = re.search(r'^cpu MHz\s*:\s*(\d+)', text, re.M)
    with open('/proc/meminfo') as f:
        memory = int(f.readline().split()[1]) / 2**20
    system = ''
    if os.path.exists('/etc/os-release'):
        with open('/etc/os-release') as f:
            system = re.search(r'^PRETTY_NAME="?([^"\n]*)', f.read(), re.M)[1]
    return (f'{model[1] if model else platform.machine()}{f", {megahertz[1]} MHz" if megahertz else ""}, {os.cpu_count()} cores, {memory:.0f} GiB, '
            f'{system}, {syncs(folder)}, load average {os.getloadavg()[0]:.1f} at the start, {time.strftime("%Y-%m-%d")}')


def syncs(folder, seconds=2.0):
    """How fast that disk is: fdatasync calls a second, each after 4 KiB written over what is there, and how long they take."""
    path, took = os.path.join(folder, 'sync-probe'), []
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        os.write(descriptor, b'x' * 4096 * 256)
        os.fsync(descriptor)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            os.pwrite(descriptor, b'y' * 4096, len(took) % 256 * 4096)
            start = time.monotonic()
            os.fdatasync(descriptor)
            took.append(time.monotonic() - start)
    finally:
        os.close(descriptor)
        os.unlink(path)
    took.sort()
    return f'{len(took) / seconds:,.0f} fdatasync/s (p50 {took[len(took) // 2] * 1e3:.2f} ms, p99 {took[len(took) * 99 // 100] * 1e3:.2f} ms)'


class Report:
    def __init__(self, machine_line):
        self.machine, self.rows, self.notes = machine_line, [], []

    def add(self, what, figure, target='', met=None):
        """`met`: whether the figure is within its target; None where there is none."""
        self.rows.append((what, figure, target, '' if met is None else 'yes' if met else 'NO'))
        print(f'  {what}: {figure}' + (f'   (target {target}: {"met" if met else "MISSED"})' if met is not None else ''), flush=True)

    def note(self, text):
        self.notes.append(text)
        print(f'  {text}', flush=True)

    def markdown(self):
        lines = [f'Machine: {self.machine}.', '', '| what | figure | target | met |', '|---|---|---|---|']
        lines += ['| ' + ' | '.join(row) + ' |' for row in self.rows]
        return '\n'.join(lines + [''] + [f'- {text}' for text in self.notes]).rstrip() + '\n'

    def write(self, path):
        """Puts the table between the marks of that page."""
        with open(path) as f:
            page = f.read()
        begin, end = '<!-- figures -->\n', '<!-- end of figures -->\n'
        head, rest = page.split(begin)
        with open(path, 'w') as f:
            f.write(head + begin + self.markdown() + end + rest.split(end)[1])
