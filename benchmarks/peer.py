"""The Python program that does the same work, where it lies beside the project."""
import os
import subprocess
import sys

from contestant import Contestant


def python_of(folder, build):
    """The interpreter of a virtual environment with what the peer needs, made if absent; None when it cannot be had."""
    home = os.path.join(build, 'bench-peer')
    python, mark = os.path.join(home, 'bin', 'python'), os.path.join(home, 'ready')
    if os.path.exists(mark):
        return python
    print('Installing what the Python peer needs into build/bench-peer ...', flush=True)
    for command in ([sys.executable, '-m', 'venv', home], [python, '-m', 'pip', 'install', '-q', '-r', os.path.join(folder, 'requirements.txt')]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            print((done.stderr or done.stdout)[-500:])
            return None
    open(mark, 'w').close()
    return python


def contestant(python, folder):
    """The peer at its best: landing in a process of its own, 512 tickets a commit."""
    server = os.path.join(folder, 'server.py')
    return Contestant('the Python peer', [python, server, '--data', '{data}', '--port', '{port}', '--worker', 'process', '--batch', '512'],
                      '{data}/tickets.db', 'SELECT count(*) FROM tr_tickets', 'SELECT coalesce(max(id), 0) FROM tr_audit')

