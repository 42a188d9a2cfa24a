#!/usr/bin/env python3
"""Runs the libFuzzer programs of build/fuzz, a time each, from their seeds and what earlier runs found (build/fuzz/corpus).

usage: fuzz.py [--seconds 60] [TARGET …]
An input that breaks a promise is kept in tests/data/fuzz/TARGET: commit it with the mend, and every ./test replays it.
"""
import argparse
import glob
import os
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(TOP, 'build', 'fuzz')
PROGRAMS = os.path.join(BUILD, 'tests', 'fuzz')


def fuzz(target, seconds):
    """Whether it found nothing."""
    corpus = os.path.join(BUILD, 'corpus', target)
    kept = os.path.join(TOP, 'tests', 'data', 'fuzz', target)
    os.makedirs(corpus, exist_ok=True)
    os.makedirs(kept, exist_ok=True)
    with open(os.path.join(PROGRAMS, target + '.seeds')) as f:
        seeds = f.read().split()
    # 64 KiB inputs: long enough for every limit but those on megabytes, short enough for thousands of runs a second.
    command = [os.path.join(PROGRAMS, target + '_fuzz'), f'-max_total_time={seconds}', '-max_len=65536', '-timeout=20', '-rss_limit_mb=2048',
               '-print_final_stats=1', f'-artifact_prefix={kept}/found-', corpus, *seeds]
    # The classes of Boost and GLib are not compiled with the sanitizer: what containers share with them looks overrun.
    done = subprocess.run(command, capture_output=True, text=True, env=dict(os.environ, ASAN_OPTIONS='detect_container_overflow=0', UBSAN_OPTIONS='halt_on_error=1'))
    runs = next((line.split()[-1] for line in done.stderr.splitlines() if 'number_of_executed_units' in line), '?')
    print(f'{"ok  " if done.returncode == 0 else "FAIL"} {target}: {runs} runs, {len(os.listdir(corpus))} inputs kept', flush=True)
    if done.returncode != 0:
        print(done.stderr[-4000:])
    return done.returncode == 0


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--seconds', type=int, default=60, help='for each target')
    ap.add_argument('targets', nargs='*', help='all that are built')
    options = ap.parse_args()
    built = sorted(os.path.basename(path).removesuffix('_fuzz') for path in glob.glob(os.path.join(PROGRAMS, '*_fuzz')))
    if not built:
        sys.exit('nothing is built: make fuzz')
    results = [fuzz(target, options.seconds) for target in options.targets or built]
    print(f'{sum(results)} clean, {len(results) - sum(results)} with findings')
    return 0 if all(results) else 1


if __name__ == '__main__':
    sys.exit(main())
