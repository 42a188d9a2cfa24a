"""A stand-in for Slack's Web API on loopback: it keeps channels, people and messages, enforces the documented limits, errors
and rates, refuses what Slack would refuse, and presses buttons like a person: signed, and from the message as it stands.

What it knows comes from docs.slack.dev and the validators of Slack's own Python SDK. It is no Slack: what only a real
workspace shows is marked "not run" in docs/slack.md.
"""
import copy
import hashlib
import hmac
import http.client
import itertools
import json
import re
import threading
import time
import urllib.parse

from loopback import LoopbackServer

TOKEN = 'xoxb-stand-in-token'
SIGNING_SECRET = 'a signing secret for tests'
SCOPES = 'chat:write,chat:write.public,channels:read,channels:history,groups:read,groups:history,users:read,users:read.email'
# Methods that take no JSON: docs.slack.dev, "Content types" of each method.
FORM_ONLY = {'users.info', 'users.lookupByEmail', 'conversations.list', 'conversations.info', 'conversations.history', 'conversations.replies',
             'conversations.members'}


class Refused(Exception):
    def __init__(self, error, detail=''):
        super().__init__(error + (': ' + detail if detail else ''))
        self.error, self.detail = error, detail


def need(condition, detail, error='invalid_blocks'):
    if not condition:
        raise Refused(error, detail)


def check_plain(text, most, what):
    need(isinstance(text, dict) and text.get('type') == 'plain_text', f'{what} is plain_text')
    need(set(text) <= {'type', 'text', 'emoji'}, f'{what}: unknown member')
    need(isinstance(text.get('text'), str) and 1 <= len(text['text']) <= most, f'{what} has 1 to {most} characters')


def check_option(option, what):
    check_plain(option.get('text'), 75, what + ' option')
    need(1 <= len(option.get('value', '')) <= 150, what + ' option value')


def check_element(element, where):
    kind = element.get('type')
    need(1 <= len(element.get('action_id', '')) <= 255, where + ' action_id')
    if kind == 'button':
        check_plain(element.get('text'), 75, 'button')
        need(len(element.get('value', '')) <= 2000, 'button value')
        need(element.get('style', 'primary') in ('primary', 'danger'), 'button style')
        need(element.get('url', 'https://x').startswith(('http://', 'https://')) and len(element.get('url', '')) <= 3000, 'button url')
    elif kind == 'static_select':
        if 'placeholder' in element:
            check_plain(element['placeholder'], 150, 'placeholder')
        need(('options' in element) != ('option_groups' in element), 'options or option_groups')
        for option in element.get('options', []):
            check_option(option, 'menu')
        need(1 <= len(element.get('options', [0])) <= 100, '1 to 100 options')
        groups = element.get('option_groups', [{'label': None}])
        need(1 <= len(groups) <= 100, '1 to 100 groups')
        everything = list(element.get('options', []))
        for group in element.get('option_groups', []):
            check_plain(group.get('label'), 75, 'group')
            need(1 <= len(group.get('options', [])) <= 100, '1 to 100 options in a group')
            for option in group['options']:
                check_option(option, 'group')
            everything += group['options']
        if 'initial_option' in element:
            need(element['initial_option'] in everything, 'initial_option is one of the options')
    elif kind == 'plain_text_input':
        need(1 <= element.get('max_length', 1) <= 3000, 'max_length')
        need(len(element.get('initial_value', '')) <= element.get('max_length', 3000), 'initial_value')
    else:
        raise Refused('invalid_blocks', f'unknown element {kind}')


def check_rich(block):
    need(block.get('elements'), 'rich_text has elements')
    for part in block['elements']:
        need(part.get('type') in ('rich_text_section', 'rich_text_quote', 'rich_text_preformatted', 'rich_text_list'), 'rich_text part')
        need(part.get('elements'), 'rich_text part has elements')
        for element in part['elements']:
            kind = element.get('type')
            if kind == 'text':
                need(1 <= len(element.get('text', '')) <= 3000, 'rich text')
            elif kind == 'link':
                need(re.match(r'(https?://|mailto:)', element.get('url', '')) and len(element['url']) <= 3000, 'link')
            elif kind == 'user':
                need(re.fullmatch(r'[UW][A-Z0-9]+', element.get('user_id', '')), 'user')
            else:
                raise Refused('invalid_blocks', f'unknown rich text element {kind}')


def check_blocks(blocks, most):
    need(isinstance(blocks, list) and len(blocks) <= most, f'at most {most} blocks')
    seen = set()
    for block in blocks:
        name = block.get('block_id')
        need(name is None or (1 <= len(name) <= 255 and name not in seen), f'block_id {name}')
        seen.add(name)
        kind = block.get('type')
        if kind == 'rich_text':
            check_rich(block)
        elif kind == 'context':
            need(1 <= len(block.get('elements', [])) <= 10, '1 to 10 context elements')
            for element in block['elements']:
                need(element.get('type') in ('plain_text', 'mrkdwn', 'image'), 'context element')
                need(1 <= len(element.get('text', '')) <= 3000, 'context text')
        elif kind == 'section':
            need(1 <= len(block.get('text', {}).get('text', '')) <= 3000, 'section text')
        elif kind == 'actions':
            need(1 <= len(block.get('elements', [])) <= 25, '1 to 25 actions')
            names = [element.get('action_id') for element in block['elements']]
            need(len(set(names)) == len(names), 'action_ids differ')
            for element in block['elements']:
                check_element(element, 'actions')
        elif kind == 'input':
            check_plain(block.get('label'), 2000, 'input label')
            check_element(block.get('element', {}), 'input')
        else:
            raise Refused('invalid_blocks', f'unknown block {kind}')


def check_view(view):
    need(view.get('type') == 'modal', 'modal', 'invalid_arguments')
    for name in ('title', 'submit', 'close'):
        if name in view or name == 'title':
            check_plain(view.get(name), 24, name)
    need(len(view.get('callback_id', '')) <= 255, 'callback_id', 'invalid_arguments')
    need(len(view.get('private_metadata', '')) <= 3000, 'private_metadata', 'invalid_arguments')
    check_blocks(view.get('blocks'), 100)
    need('submit' in view or not any(block['type'] == 'input' for block in view['blocks']), 'inputs need submit', 'invalid_arguments')
    need(len(json.dumps(view)) <= 250 * 1024, 'view too large', 'view_too_large')


def mentions(message):
    """Everybody whom the message would ring."""
    found = set(re.findall(r'<[@!][^>]*>', message['text']))

    def walk(value):
        if isinstance(value, dict):
            if value.get('type') == 'user':
                found.add(f'<@{value["user_id"]}>')
            if value.get('type') == 'mrkdwn':
                found.update(re.findall(r'<[@!][^>]*>', value['text']))
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)
    walk(message['blocks'])
    return found


def words(message):
    """Every text of a message, one a line."""
    found = []

    def walk(value):
        if isinstance(value, dict):
            if isinstance(value.get('text'), str):
                found.append(value['text'])
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)
    walk(message['blocks'])
    return '\n'.join(found)


def elements(message):
    """Buttons and menus by action_id, each with its block's id."""
    return {element['action_id']: dict(element, block_id=block.get('block_id', ''))
            for block in message['blocks'] if block['type'] == 'actions' for element in block['elements']}


class StandIn(LoopbackServer):
    """Channels by name, people by id. `per_second`: messages a channel takes in any second before it says 429; None: any number."""

    def __init__(self, channels, people, per_second=1, latency=0.0):
        self.channels = {name: {'id': f'C{i:08d}', 'name': name, 'is_archived': False, 'is_ext_shared': False, 'is_member': True, 'members': set(people), 'messages': []}
                         for i, name in enumerate(channels)}
        self.people = people  # id: {'email':…, …}
        self.scopes = SCOPES
        self.per_second, self.latency = per_second, latency
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.numbers = itertools.count(1)
        self.calls, self.refused, self.private, self.views, self.triggers = [], [], [], [], {}
        self.posted_at = {}
        self.fail = None  # called with the method; gives a fault of FAULTS or None
        self.start()
        self.url += '/api'

    # -- the Web API

    def serve(self, handler, body):
        method = handler.path.removeprefix('/api/')
        time.sleep(self.latency)
        fault = self.fail(method) if self.fail else None
        status, headers, answer = 200, {}, {'ok': True}
        if fault == 'down':
            status, answer = 503, None
        elif fault == 'slow down':
            status, headers, answer = 429, {'Retry-After': '1'}, None
        elif fault and fault != 'lost':
            answer = {'ok': False, 'error': fault}
        else:
            try:
                with self.lock:
                    status, headers, more = self.call(method, handler.headers, body)
                    answer = {'ok': True, **more} if more is not None else None
                    self.changed.notify_all()
            except Refused as refusal:
                answer = {'ok': False, 'error': refusal.error}
                if refusal.error not in ('users_not_found', 'channel_not_found'):
                    self.refused.append((method, str(refusal)))
        if fault == 'lost':  # done, and nobody hears of it
            handler.close_connection = True
            return
        self.reply(handler, status, b'' if answer is None else json.dumps(answer).encode(), 'application/json; charset=utf-8', headers)

    def call(self, method, headers, body):
        if headers.get('Authorization') != f'Bearer {TOKEN}':
            raise Refused('invalid_auth')
        kind = headers.get('Content-Type', '')
        if kind.startswith('application/json'):
            need(method not in FORM_ONLY, 'no JSON here', 'invalid_arguments')
            need('charset=utf-8' in kind, 'charset', 'invalid_charset')
            arguments = json.loads(body.decode('utf-8'))
        else:
            arguments = {name: value for name, value in urllib.parse.parse_qsl(body.decode())}
        self.calls.append((method, arguments))
        function = getattr(self, 'on_' + method.replace('.', '_'), None)
        if function is None:
            raise Refused('unknown_method')
        return function(arguments)

    def find(self, name):
        for channel in self.channels.values():
            if name == channel['id']:
                return channel
        raise Refused('channel_not_found')

    def person(self, user):
        if user not in self.people:
            raise Refused('user_not_found')
        known = self.people[user]
        return {'id': user, 'deleted': False, 'is_bot': False, **{k: v for k, v in known.items() if k != 'email'}, 'profile': {'email': known['email']}}

    def on_auth_test(self, _):
        return 200, {'x-oauth-scopes': self.scopes}, {'user_id': 'UBOT', 'team_id': 'T1', 'team': 'Test'}

    def on_users_info(self, arguments):
        return 200, {}, {'user': self.person(arguments.get('user', ''))}

    def on_users_lookupByEmail(self, arguments):
        for user, known in self.people.items():
            if known['email'] == arguments.get('email'):
                return 200, {}, {'user': self.person(user)}
        raise Refused('users_not_found')

    def on_conversations_list(self, arguments):
        every = list(self.channels.values())
        first = int(arguments.get('cursor') or 0)
        page = every[first:first + 2]  # small pages, so that cursors are followed
        more = str(first + 2) if first + 2 < len(every) else ''
        shown = [{k: v for k, v in channel.items() if k not in ('messages', 'members')} for channel in page]
        return 200, {}, {'channels': shown, 'response_metadata': {'next_cursor': more}}

    def on_conversations_info(self, arguments):
        channel = self.find(arguments.get('channel', ''))
        return 200, {}, {'channel': {k: v for k, v in channel.items() if k not in ('messages', 'members')}}

    def on_conversations_members(self, arguments):
        return 200, {}, {'members': sorted(self.find(arguments['channel'])['members']), 'response_metadata': {'next_cursor': ''}}

    def history(self, messages, arguments):
        messages = [m for m in messages if arguments.get('oldest', '') < m['ts'] < (arguments.get('latest') or 'z')]
        shown = [m if arguments.get('include_all_metadata') == 'true' else {k: v for k, v in m.items() if k != 'metadata'} for m in reversed(messages)]
        first = int(arguments.get('cursor') or 0)
        limit = min(int(arguments.get('limit', 100)), 999)
        more = str(first + limit) if first + limit < len(shown) else ''
        return 200, {}, {'messages': shown[first:first + limit], 'response_metadata': {'next_cursor': more}}

    def on_conversations_history(self, arguments):
        channel = self.find(arguments['channel'])
        need(channel['is_member'], 'history', 'not_in_channel')
        return self.history([m for m in channel['messages'] if 'thread_ts' not in m or m.get('reply_broadcast')], arguments)

    def on_conversations_replies(self, arguments):
        channel = self.find(arguments['channel'])
        return self.history([m for m in channel['messages'] if arguments['ts'] in (m['ts'], m.get('thread_ts'))], arguments)

    def check_message(self, arguments):
        need(isinstance(arguments.get('text'), str) and arguments['text'].strip(), 'text', 'no_text')
        need(len(arguments['text']) <= 40000, 'text', 'msg_too_long')
        check_blocks(arguments.get('blocks'), 50)
        need(len(json.dumps(arguments.get('metadata', {}))) <= 8192, 'metadata', 'metadata_too_large')
        payload = arguments.get('metadata', {}).get('event_payload', {})
        need(all(isinstance(value, (str, int, bool)) for value in payload.values()), 'metadata', 'invalid_metadata_format')

    def on_chat_postMessage(self, arguments):
        channel = self.find(arguments.get('channel', ''))
        if channel['is_archived']:
            raise Refused('is_archived')
        now = time.monotonic()
        recent = [at for at in self.posted_at.get(channel['id'], []) if now - at < 0.95]  # a clock's jitter is no burst
        if self.per_second is not None and len(recent) >= self.per_second:
            return 429, {'Retry-After': '1'}, None
        self.check_message(arguments)
        if 'thread_ts' in arguments:
            need(any(m['ts'] == arguments['thread_ts'] for m in channel['messages']), 'thread', 'thread_not_found')
        self.posted_at[channel['id']] = recent + [now]
        ts = f'{int(time.time())}.{next(self.numbers):06d}'
        message = {k: arguments[k] for k in ('text', 'blocks', 'metadata', 'thread_ts', 'reply_broadcast') if k in arguments}
        message.update(ts=ts, at=time.time(), type='message', bot_id='B1', updates=0)
        channel['messages'].append(message)
        return 200, {}, {'channel': channel['id'], 'ts': ts, 'message': {}}

    def on_chat_update(self, arguments):
        channel = self.find(arguments.get('channel', ''))
        self.check_message(arguments)
        for message in channel['messages']:
            if message['ts'] == arguments.get('ts'):
                message.update({k: arguments[k] for k in ('text', 'blocks', 'metadata') if k in arguments})
                message['updates'] += 1
                return 200, {}, {'channel': channel['id'], 'ts': message['ts']}
        raise Refused('message_not_found')

    def on_chat_postEphemeral(self, arguments):
        channel = self.find(arguments.get('channel', ''))
        if arguments.get('user') not in channel['members']:
            raise Refused('user_not_in_channel')
        need(arguments.get('text'), 'text', 'no_text')
        self.private.append((arguments['user'], arguments['text']))
        return 200, {}, {'message_ts': f'{int(time.time())}.{next(self.numbers):06d}'}

    def on_views_open(self, arguments):
        trigger = arguments.get('trigger_id')
        if trigger not in self.triggers:
            raise Refused('invalid_trigger_id')
        at = self.triggers.pop(trigger)
        need(time.monotonic() - at <= 3, 'late', 'expired_trigger_id')
        check_view(arguments.get('view', {}))
        view = dict(arguments['view'], id=f'V{next(self.numbers):08d}', hash=f'{time.time()}.x')
        self.views.append(view)
        return 200, {}, {'view': view}

    # -- a person in front of it

    def messages(self, channel):
        with self.lock:
            return list(self.channels[channel]['messages'])

    def wait(self, condition, what, seconds=30):
        end = time.monotonic() + seconds
        with self.changed:
            while True:
                found = condition()
                if found:
                    return found
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(f'waited {seconds} s in vain: {what}; refused: {self.refused}')
                self.changed.wait(min(left, 0.2))

    def card(self, channel, text, seconds=30):
        """The message in the channel, outside of threads, that shows the text: a copy, as a screen that is not refreshed."""
        return self.wait(lambda: next((copy.deepcopy(m) for m in self.messages(channel) if 'thread_ts' not in m and text in words(m)), None),
                         f'{text!r} in #{channel}', seconds)

    def send(self, port, payload, secret=SIGNING_SECRET, at=None):
        """Posts an interaction as Slack does; (status, body, seconds)."""
        body = urllib.parse.urlencode({'payload': json.dumps(payload)}).encode()
        stamp = str(int(at if at is not None else time.time()))
        signature = 'v0=' + hmac.new(secret.encode(), b'v0:' + stamp.encode() + b':' + body, hashlib.sha256).hexdigest()
        connection = http.client.HTTPConnection('127.0.0.1', port, timeout=10)
        begun = time.monotonic()
        try:
            connection.request('POST', '/slack/interactions', body, {'Content-Type': 'application/x-www-form-urlencoded', 'X-Slack-Signature': signature,
                                                                     'X-Slack-Request-Timestamp': stamp})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), time.monotonic() - begun
        finally:
            connection.close()

    def click_payload(self, user, channel, message, action, option=None):
        element = elements(message)[action]
        trigger = f'{next(self.numbers)}.trigger'
        self.triggers[trigger] = time.monotonic()
        pressed = {'type': element['type'], 'action_id': action, 'block_id': element['block_id'], 'action_ts': f'{time.time():.6f}'}
        if element['type'] == 'button':
            pressed.update(value=element['value'], text=element['text'])
        else:
            offered = [o for group in element.get('option_groups', []) for o in group['options']] + element.get('options', [])
            pressed['selected_option'] = next(o for o in offered if o['value'] == option)
        place = self.channels[channel]['id']
        return {'type': 'block_actions', 'user': {'id': user, 'username': 'x', 'name': 'x', 'team_id': 'T1'}, 'api_app_id': 'A1', 'token': 'deprecated',
                'container': {'type': 'message', 'message_ts': message['ts'], 'channel_id': place, 'is_ephemeral': False}, 'trigger_id': trigger,
                'team': {'id': 'T1', 'domain': 'd'}, 'channel': {'id': place, 'name': channel}, 'state': {'values': {}},
                'message': {k: message[k] for k in ('type', 'ts', 'bot_id', 'text', 'blocks')},
                'response_url': 'https://hooks.slack.com/actions/T1/1/x', 'actions': [pressed]}

    def submission_payload(self, user, view, values):
        """`values`: block_id to a text, or to an option's value."""
        state = {}
        for block in view['blocks']:
            if block['type'] != 'input':
                continue
            element, value = block['element'], values.get(block['block_id'])
            if element['type'] == 'plain_text_input':
                given = {'type': 'plain_text_input', 'value': value}
            else:
                option = next((o for g in element.get('option_groups', []) for o in g['options'] if o['value'] == value), None)
                given = {'type': 'static_select', 'selected_option': option}
            state[block['block_id']] = {element['action_id']: given}
        return {'type': 'view_submission', 'team': {'id': 'T1'}, 'user': {'id': user, 'team_id': 'T1'}, 'api_app_id': 'A1', 'token': 'deprecated',
                'trigger_id': 'x', 'view': dict(view, team_id='T1', state={'values': state}), 'response_urls': []}
