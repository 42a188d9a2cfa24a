"""A stand-in for Google's token endpoint, Drive and Sheets on loopback. It checks the assertion's signature, claims and times with a
library that is not ours, wants its token on every call, and answers as the APIs do: ragged rows, no `values` for an empty tab, a Doc with a
BOM, CRLF and escaped signs."""
import base64
import csv
import datetime
import io
import json
import threading
import time
import urllib.parse

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from loopback import LoopbackServer

FOLDER = "it's a folder"
SHEET, DOC = 'sheet-1', 'doc-1'
SHEET_AND_DOC = [(SHEET, 'Rules', 'spreadsheet'), (DOC, 'Rules', 'document')]
SHORTCUTS = [('s-1', 'Our sheet', 'shortcut', SHEET, 'spreadsheet'), ('s-2', 'Our doc', 'shortcut', DOC, 'document'),
             ('s-3', 'Our pictures', 'shortcut', 'folder-9', 'folder')]
TYPE = 'application/vnd.google-apps.'


def unpadded(text):
    return base64.urlsafe_b64decode(text + '=' * (-len(text) % 4))


class GoogleServer(LoopbackServer):
    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.calls, self.fail, self.troubles = [], [], []
        self.tokens = 0
        self.tabs, self.doc, self.changed, self.version = {}, '', time.time() - 3600, 1
        self.pages = [SHEET_AND_DOC]  # what the folder's list has, page by page: (id, name, kind) or a shortcut's (…, target's id, its kind)
        self.trashed = set()  # ids
        self.lock = threading.Lock()

    def lay(self, topics, teams, rules, tests=None, age=3600):
        """The pieces as CSV and Markdown; edited `age` seconds ago."""
        with self.lock:
            self.tabs = {'Topics ': rows(topics), "Teams": rows(teams), 'notes for us': [['x']]}
            if tests is not None:
                self.tabs['tests'] = rows(tests)
            escaped = rules.replace('->', '-\\>').replace('_', '\\_')
            self.doc = '\ufeff' + escaped.replace('\n', '\r\n')
            self.changed, self.version = time.time() - age, self.version + 1

    def settle(self):
        with self.lock:
            self.changed, self.version = time.time() - 120, self.version + 1

    def key_file(self):
        pem = self.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
        return json.dumps({'type': 'service_account', 'private_key_id': 'k1', 'private_key': pem, 'client_email': 'router@project.example',
                           'token_uri': self.url + '/token'})

    def serve(self, handler, body):
        status, answer = self.get(handler.path, handler.headers) if handler.command == 'GET' else self.token(handler.path, body.decode())
        if isinstance(answer, bytes):
            self.reply(handler, status, answer, kind='text/markdown')
        else:
            self.reply(handler, status, json.dumps(answer).encode())

    def planned(self, kind):
        with self.lock:
            self.calls.append(kind)
            for i, (what, status, body) in enumerate(self.fail):
                if what == kind:
                    del self.fail[i]
                    return status, body
        return None

    def token(self, path, body):
        failing = self.planned('token')
        if failing:
            return failing
        form = urllib.parse.parse_qs(body)
        try:
            assert path == '/token' and form['grant_type'] == ['urn:ietf:params:oauth:grant-type:jwt-bearer'], form
            header, claims, signature = form['assertion'][0].split('.')
            assert '=' not in form['assertion'][0], 'padding'
            self.key.public_key().verify(unpadded(signature), f'{header}.{claims}'.encode(), padding.PKCS1v15(), hashes.SHA256())
            assert json.loads(unpadded(header)) == {'alg': 'RS256', 'typ': 'JWT', 'kid': 'k1'}, header
            said, now = json.loads(unpadded(claims)), time.time()
            assert said['iss'] == 'router@project.example' and said['aud'] == self.url + '/token', said
            assert said['scope'] == 'https://www.googleapis.com/auth/drive.readonly', said
            assert abs(said['iat'] - now) < 60 and said['exp'] - said['iat'] <= 3600, said
        except Exception as trouble:  # noqa: BLE001
            self.troubles.append(repr(trouble))
            return 400, {'error': 'invalid_grant', 'error_description': 'Invalid JWT'}
        self.tokens += 1
        return 200, {'access_token': f'ya29.{self.tokens}', 'expires_in': 3599, 'token_type': 'Bearer'}

    def get(self, target, headers):
        url = urllib.parse.urlsplit(target)
        query = urllib.parse.parse_qs(url.query)
        kind = ('list' if url.path == '/drive/v3/files' else 'file' if url.path.startswith('/drive/v3/files/') and url.path.count('/') == 4 else 'export' if url.path.endswith('/export')
                else 'values' if url.path.endswith('values:batchGet') else 'tabs')
        failing = self.planned(kind)
        if failing:
            return failing
        if headers.get('Authorization') != f'Bearer ya29.{self.tokens}':
            return 401, {'error': {'code': 401, 'status': 'UNAUTHENTICATED', 'errors': [{'reason': 'authError'}]}}
        with self.lock:
            return getattr(self, 'get_' + kind)(url.path, query)

    def get_list(self, path, query):
        escaped = FOLDER.replace("'", "\\'")
        kinds = ' or '.join(f"mimeType='{TYPE}{kind}'" for kind in ('spreadsheet', 'document', 'shortcut'))
        wanted = {'q': [f"'{escaped}' in parents and trashed=false and ({kinds})"], 'supportsAllDrives': ['true'], 'includeItemsFromAllDrives': ['true']}
        for name, value in wanted.items():
            if query.get(name) != value:
                self.troubles.append(f'{name}: {query.get(name)}')
        page = int(query.get('pageToken', ['~page 0'])[0].removeprefix('~page '))
        answer = {'files': [self.listed(*file) for file in self.pages[page]]}
        return 200, answer if page + 1 == len(self.pages) else {**answer, 'nextPageToken': f'~page {page + 1}'}

    def change(self):
        stamp = datetime.datetime.fromtimestamp(self.changed, datetime.timezone.utc).isoformat(timespec='milliseconds').replace('+00:00', 'Z')
        return {'modifiedTime': stamp, 'version': str(self.version)}

    def listed(self, file, name, kind, target=None, target_kind=None):
        if kind != 'shortcut':
            return {'id': file, 'name': name, 'mimeType': TYPE + kind, **self.change()}
        return {'id': file, 'name': name, 'mimeType': TYPE + kind, 'modifiedTime': '2020-01-01T00:00:00.000Z', 'version': '1',
                'shortcutDetails': {'targetId': target, 'targetMimeType': TYPE + target_kind}}

    def get_file(self, path, query):
        file = path.rsplit('/', 1)[-1]
        if query.get('supportsAllDrives') != ['true']:
            self.troubles.append('a file is asked for without supportsAllDrives')
        return 200, {**self.change(), 'trashed': file in self.trashed}

    def get_tabs(self, path, query):
        return 200, {'sheets': [{'properties': {'title': title}} for title in self.tabs]}

    def get_values(self, path, query):
        ranges = []
        for asked in query['ranges']:
            title = asked.strip("'").replace("''", "'")
            if title not in self.tabs:
                return 400, {'error': {'code': 400, 'message': 'Unable to parse range', 'status': 'INVALID_ARGUMENT'}}
            given = {'range': f'{asked}!A1:Z1000', 'majorDimension': 'ROWS'}
            if self.tabs[title]:
                given['values'] = self.tabs[title]
            ranges.append(given)
        return 200, {'spreadsheetId': SHEET, 'valueRanges': ranges}

    def get_export(self, path, query):
        if query.get('mimeType') != ['text/markdown'] or DOC not in path:
            return 400, {'error': {'code': 400}}
        return 200, self.doc.encode()


def rows(text):
    """CSV as Sheets gives it: without empty cells and rows at the end."""
    table = [list(row) for row in csv.reader(io.StringIO(text))]
    for row in table:
        while row and row[-1] == '':
            row.pop()
    while table and not table[-1]:
        table.pop()
    return table
