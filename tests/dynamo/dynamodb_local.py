"""Amazon's own DynamoDB Local, on a free port of the loopback, in memory."""
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TOP, 'tests'))
from serving import free_port  # noqa: E402


class NotHere(Exception):
    """It cannot be installed here; says why."""


def answers(url):
    try:
        urllib.request.urlopen(url, timeout=2)
        return True
    except urllib.error.HTTPError:
        return True  # it says what is wrong with an empty request
    except OSError:
        return False


class DynamoDbLocal:
    """with DynamoDbLocal() as dynamo: dynamo.port, dynamo.url"""
    def __init__(self):
        made = subprocess.run([os.path.join(TOP, 'scripts', 'dynamodb_local.sh')], capture_output=True, text=True)
        if made.returncode != 0:
            raise NotHere('DynamoDB Local cannot be installed here: ' + made.stderr.strip()[-300:])
        self.folder = made.stdout.strip().splitlines()[-1]
        self.port = free_port()
        self.url = f'http://127.0.0.1:{self.port}'

    def __enter__(self):
        self.java = subprocess.Popen(['java', '-Xmx512m', '-Djava.library.path=' + self.folder, '-cp', os.path.join(self.folder, '*'),
                                      'com.amazonaws.services.dynamodbv2.local.main.ServerRunner', '-inMemory', '-sharedDb', '-disableTelemetry',
                                      '-port', str(self.port)],
                                     cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 120
        while not answers(self.url):
            if self.java.poll() is not None or time.monotonic() > end:
                self.__exit__()
                raise RuntimeError('DynamoDB Local does not start')
            time.sleep(0.1)
        return self

    def __exit__(self, *_):
        self.java.terminate()
        try:
            self.java.wait(20)
        except subprocess.TimeoutExpired:
            self.java.kill()
            self.java.wait()
