#!/usr/bin/env python3
"""Every Slack message that the unit tests make, through Slack's own SDK: its models parse each block and validate it.

usage: slack_models_test.py CHANNELS_TEST. Exit 77: the SDK cannot be had.
"""
import glob
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE, os.path.dirname(HERE)]


def run_with_tools():
    """This script again, by the Python that has the SDK."""
    made = subprocess.run([os.path.join(TOP, 'scripts', 'test_tools.sh')], capture_output=True, text=True)
    if made.returncode != 0:
        print('skipped: the test tools cannot be installed here:', made.stderr.strip()[-300:])
        return 77
    python = os.path.join(made.stdout.strip().splitlines()[-1], 'bin', 'python')
    return subprocess.run([python, os.path.abspath(__file__), *sys.argv[1:]], env=dict(os.environ, TR_TOOLS='here')).returncode


def main():
    from slack_sdk.models.blocks import Block
    from slack_stand_in import check_blocks
    with tempfile.TemporaryDirectory(prefix='tr-slack-models-') as folder:
        done = subprocess.run([sys.argv[1], '--gtest_filter=LiveCard*:MovedCard*:*Message*:Modals*'], env=dict(os.environ, TR_SLACK_CARDS=folder), capture_output=True)
        if done.returncode != 0:
            print(done.stdout.decode()[-2000:])
            return 1
        files = sorted(glob.glob(os.path.join(folder, '*.json')))
        for name in files:
            with open(name) as f:
                message = json.load(f)
            for block in message['blocks']:
                parsed = Block.parse(block)
                assert parsed is not None, f'{name}: the SDK does not know {block["type"]}'
                again = parsed.to_dict()  # validates
                assert again['type'] == block['type'], name
            check_blocks(message['blocks'], 100 if message.get('modal') else 50)
            assert 0 < len(message.get('text', 'x')) <= 40000, name
        print(f'{len(files)} messages fit the models of Slack\'s SDK')
        return 0 if len(files) >= 20 else 1


if __name__ == '__main__':
    sys.exit(main() if os.environ.get('TR_TOOLS') else run_with_tools())
