"""What stands before an emulator: signs every request again with botocore, AWS's own signer, and answers 403 where the
signature that came is another. WSGI, so that it can stand in one process with moto or before another server."""
import collections
import hashlib
import http.client
import io
import re
import threading

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

AUTHORIZATION = re.compile(
    r'AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})')


class Keys:
    """The one pair of keys that is good here."""
    def __init__(self, access_key, secret_key, token):
        self.access_key, self.secret_key, self.token = access_key, secret_key, token

    def environment(self):
        return {'AWS_ACCESS_KEY_ID': self.access_key, 'AWS_SECRET_ACCESS_KEY': self.secret_key, 'AWS_SESSION_TOKEN': self.token}


def headers_of(environ):
    headers = {name[5:].replace('_', '-').lower(): value for name, value in environ.items() if name.startswith('HTTP_')}
    for name in ('CONTENT_TYPE', 'CONTENT_LENGTH'):
        if environ.get(name):
            headers[name.replace('_', '-').lower()] = environ[name]
    return headers


def why_refused(keys, method, target, headers, body):
    """None, or what is wrong with the signature."""
    found = AUTHORIZATION.fullmatch(headers.get('authorization', ''))
    if not found:
        return 'no signature'
    access_key, day, region, service, names, signature = found.groups()
    names = names.split(';')
    must = {'host'} | {name for name in headers if name.startswith('x-amz-')} | ({'content-type'} & set(headers))
    if not must <= set(names):
        return f'not signed: {sorted(must - set(names))}'
    if access_key != keys.access_key or headers.get('x-amz-security-token', '') != keys.token:
        return 'unknown key or token'
    date = headers.get('x-amz-date', '')
    if not date.startswith(day):
        return 'the scope has another day'
    claimed = headers.get('x-amz-content-sha256')
    if service == 's3' and claimed not in (hashlib.sha256(body).hexdigest(), 'UNSIGNED-PAYLOAD'):
        return 'the body is not the one that was signed'
    request = AWSRequest(method=method, url=f"http://{headers['host']}{target}", data=body,
                         headers={name: headers[name] for name in names})
    request.context['timestamp'] = date
    signer = (S3SigV4Auth if service == 's3' else SigV4Auth)(Credentials(keys.access_key, keys.secret_key, keys.token), service, region)
    canonical = signer.canonical_request(request)
    if signer.signature(signer.string_to_sign(request, canonical), request) != signature:
        return 'the signature differs; botocore signs:\n' + canonical
    return None


class Oracle:
    """The WSGI application `app`, for requests that are well signed. Counts them."""
    def __init__(self, app, keys):
        self.app, self.keys = app, keys
        self.lock = threading.Lock()
        self.calls = collections.Counter()
        self.refused = []

    def __call__(self, environ, start_response):
        body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
        headers = headers_of(environ)
        target = environ.get('RAW_URI') or environ['REQUEST_URI']
        why = why_refused(self.keys, environ['REQUEST_METHOD'], target, headers, body)
        signed_for = AUTHORIZATION.match(headers.get('authorization', ''))
        operation = headers.get('x-amz-target') or f"{signed_for[4] if signed_for else '?'} {environ['REQUEST_METHOD']}"
        with self.lock:
            if 'HTTP_X_TR_TEST' not in environ:
                self.calls[operation] += 1
            if why:
                self.refused.append(f'{operation}: {why}')
        if why:
            start_response('403 Forbidden', [('Content-Type', 'application/x-amz-json-1.0')])
            return [b'{"__type":"UnrecognizedClientException","message":"the oracle refuses the signature"}']
        environ['wsgi.input'] = io.BytesIO(body)
        return self.app(environ, start_response)


class Forward:
    """A WSGI application that is another server on this machine."""
    def __init__(self, port):
        self.port = port

    def __call__(self, environ, start_response):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        try:
            connection.request(environ['REQUEST_METHOD'], environ.get('RAW_URI') or environ['REQUEST_URI'],
                               environ['wsgi.input'].read(), headers_of(environ))
            answer = connection.getresponse()
            body = answer.read()
            dropped = ('transfer-encoding', 'connection', 'content-length')
            start_response(f'{answer.status} {answer.reason}', [h for h in answer.getheaders() if h[0].lower() not in dropped])
            return [body]
        finally:
            connection.close()
