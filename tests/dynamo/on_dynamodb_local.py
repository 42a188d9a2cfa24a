#!/usr/bin/env python3
"""Runs a test program against Amazon's own DynamoDB Local, on a free port of the loopback.

usage: on_dynamodb_local.py PROGRAM [ARGUMENTS…]
The program finds AWS_ENDPOINT_URL_DYNAMODB and keys in its environment. Exit 77: the emulator cannot be had here.
"""
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def answers(url):
    try:
        urllib.request.urlopen(url, timeout=2)
        return True
    except urllib.error.HTTPError:
        return True  # it says what is wrong with an empty request
    except OSError:
        return False


def main():
    made = subprocess.run([os.path.join(TOP, 'scripts', 'dynamodb_local.sh')], capture_output=True, text=True)
    if made.returncode != 0:
        print('skipped: DynamoDB Local cannot be installed here:', made.stderr.strip()[-300:])
        return 77
    folder = made.stdout.strip().splitlines()[-1]
    port = free_port()
    java = subprocess.Popen(['java', '-Xmx512m', '-Djava.library.path=' + folder, '-cp', os.path.join(folder, '*'),
                             'com.amazonaws.services.dynamodbv2.local.main.ServerRunner', '-inMemory', '-sharedDb', '-disableTelemetry', '-port', str(port)],
                            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url = f'http://127.0.0.1:{port}'
        end = time.monotonic() + 120
        while not answers(url):
            if java.poll() is not None or time.monotonic() > end:
                print('DynamoDB Local does not start')
                return 1
            time.sleep(0.1)
        environment = {name: value for name, value in os.environ.items() if not name.startswith('AWS_')}
        environment |= {'AWS_ENDPOINT_URL_DYNAMODB': url, 'AWS_REGION': 'ap-southeast-1', 'AWS_ACCESS_KEY_ID': 'AKIDEXAMPLE',
                        'AWS_SECRET_ACCESS_KEY': 'secret'}
        return subprocess.run(sys.argv[1:], env=environment).returncode
    finally:
        java.terminate()
        try:
            java.wait(20)
        except subprocess.TimeoutExpired:
            java.kill()
            java.wait()


if __name__ == '__main__':
    sys.exit(main())
