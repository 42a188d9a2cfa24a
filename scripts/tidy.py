#!/usr/bin/env python3
"""clang-tidy 19 over the project's own sources, two at a time; a source that passed is not checked again until it, a header
or the settings change. usage: tidy.py [FILE …]"""
import concurrent.futures
import hashlib
import os
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(TOP, 'build', 'dev')
PASSED = os.path.join(TOP, 'build', 'tidy')


def digest(paths):
    total = hashlib.sha256()
    for path in paths:
        with open(path, 'rb') as f:
            total.update(f.read())
    return total.hexdigest()


def check(source, shared):
    mark = os.path.join(PASSED, digest([source]) + shared[:16])
    if os.path.exists(mark):
        return ''
    done = subprocess.run(['clang-tidy-19', '-p', BUILD, '--quiet', '--extra-arg=-Wno-unknown-warning-option', source], capture_output=True, text=True)
    if done.returncode == 0:
        open(mark, 'w').close()
        return ''
    return done.stdout or done.stderr


def main():
    os.makedirs(PASSED, exist_ok=True)
    listed = subprocess.run(['git', 'ls-files', '*.h', '*.cc'], cwd=TOP, capture_output=True, text=True).stdout.split()
    headers = [os.path.join(TOP, f) for f in listed if f.endswith('.h')]
    shared = digest(sorted(headers) + [os.path.join(TOP, '.clang-tidy')])
    sources = sys.argv[1:] or [f for f in listed if f.endswith('.cc') and f.startswith('src/')]
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for text in pool.map(lambda f: check(os.path.join(TOP, f), shared), sources):
            bad += bool(text)
            if text:
                print(text)
    print(f'{len(sources)} sources, {bad} with findings')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
