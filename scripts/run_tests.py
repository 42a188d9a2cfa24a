#!/usr/bin/env python3
"""Builds and runs the tests: what ./test calls after the packages are there.

usage: run_tests.py all|quick|thorough
Each stage is one line of output when it passes, and its whole output when it fails. The last line is
"N passed, N failed, N skipped", counted over all stages. Exit 1 when anything failed.
"""
import os
import re
import subprocess
import sys
import time

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RESULT = re.compile(r'^\s*\d+/\d+ Test\s+#\d+: (\S+) \.*\s*(\*\*\*)?(Passed|Failed|Skipped|Timeout|Not Run|Exception)', re.M)


class Counts:
    passed = failed = skipped = 0


def run(command, **options):
    return subprocess.run(command, cwd=TOP, capture_output=True, text=True, **options)


def stage(name, command, counts):
    """One command that passes or fails as a whole."""
    start = time.monotonic()
    done = run(command)
    good = done.returncode == 0
    print(f'{"ok  " if good else "FAIL"} {name} ({time.monotonic() - start:.0f} s)', flush=True)
    if not good:
        print((done.stdout + done.stderr)[-6000:], flush=True)
        counts.failed += 1
    return good


def build(preset, counts, *targets):
    if not configure(preset, counts):
        return False
    return stage(f'build {preset}', ['cmake', '--build', f'build/{preset}', '--', *targets], counts)


def ctest(preset, counts, *options):
    """Runs one preset's tests and counts each."""
    print(f'tests in build/{preset}', flush=True)
    command = ['ctest', '--test-dir', f'build/{preset}', '--output-on-failure', '-j2', *options]
    process = subprocess.Popen(command, cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    text = ''
    for line in process.stdout:
        text += line
        print(line, end='', flush=True)
    process.wait()
    for _, _, outcome in RESULT.findall(text):
        if outcome == 'Passed':
            counts.passed += 1
        elif outcome == 'Skipped':
            counts.skipped += 1
        else:
            counts.failed += 1


def lint(counts):
    files = [f for f in run(['git', 'ls-files', '*.h', '*.cc']).stdout.split() if os.path.exists(os.path.join(TOP, f))]
    if stage('clang-format', ['clang-format-19', '--dry-run', '--Werror', *files], counts):
        counts.passed += 1


# What has threads. The other rooms' tests would say nothing under the thread sanitizer.
THREADED = ('net', 'local', 'contract', 'road', 'flow', 'program')


def configure(preset, counts):
    if os.path.exists(os.path.join(TOP, 'build', preset, 'build.ninja')):
        return True
    return stage(f'configure {preset}', ['cmake', '--preset', preset], counts)


def quick(counts):
    if build('dev', counts):
        ctest('dev', counts, '-LE', 'slow')


def every(counts):
    lint(counts)
    if build('dev', counts):
        ctest('dev', counts)


def thorough(counts):
    """The fast tests under the address and undefined-behaviour sanitizers, those with threads under the thread sanitizer;
    clang-tidy."""
    if build('asan', counts):
        ctest('asan', counts, '-LE', 'slow', '-E', '^(layers|walk)$')
    if build('tsan', counts, 'ticket-router', 'tr-probe', *(f'{name}_test' for name in THREADED if name != 'program')):
        ctest('tsan', counts, '-R', f'^({"|".join(THREADED)})$')
    if configure('dev', counts) and stage('clang-tidy', [sys.executable, 'scripts/tidy.py'], counts):
        counts.passed += 1


def main():
    mode = sys.argv[1]
    counts = Counts()
    {'quick': quick, 'all': every, 'thorough': thorough}[mode](counts)
    print(f'{counts.passed} passed, {counts.failed} failed, {counts.skipped} skipped')
    return 1 if counts.failed or not counts.passed else 0


if __name__ == '__main__':
    sys.exit(main())
