#!/usr/bin/env python3
"""Fail when docs/walk.md names a file that is not there, or a call that its file does not make.

usage: check_walk.py REPOSITORY
The walk is a numbered list; each item names one file in backquotes and, after "calls", the call that leads to the next:
    3. `src/core/intake/accept.cc` … calls `Enqueue(`
"""
import pathlib
import re
import sys

ITEM = re.compile(r'^\d+\. `(?P<file>[^`]+)`(?P<rest>.*)$')


def main():
    top = pathlib.Path(sys.argv[1])
    items = []
    for line in (top / 'docs/walk.md').read_text().splitlines():
        match = ITEM.match(line)
        if match:
            items.append((match['file'], re.findall(r'calls `([^`]+)`', line)))
    bad = 0
    for file, calls in items:
        path = top / file
        if not path.is_file():
            print(f'{file}: is named in docs/walk.md but is not there')
            bad += 1
            continue
        text = path.read_text()
        for call in calls:
            if call not in text:
                print(f'{file}: docs/walk.md says it calls {call}, but it does not')
                bad += 1
    if len(items) != 9:
        print(f'docs/walk.md has {len(items)} stations, not nine')
        bad += 1
    print(f'{len(items)} stations, {bad} wrong')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
