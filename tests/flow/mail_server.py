"""A real SMTP server on loopback (aiosmtpd) that keeps what it is handed: STARTTLS or TLS with a certificate of its own, login, refusals."""
import email
import email.policy
import logging
import os
import ssl
import subprocess
import threading
import time
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from serving import free_port

# It would tell of every refused certificate, and that a login without STARTTLS is unsafe.
logging.getLogger('mail.log').setLevel(logging.CRITICAL)
warnings.filterwarnings('ignore', module='aiosmtpd')

USER, PASSWORD = 'router', 'a password for tests'


def make_certificate(folder):
    """A self-signed certificate for 127.0.0.1 and localhost, made by openssl now: (certificate file, context)."""
    cert, key = os.path.join(folder, 'cert.pem'), os.path.join(folder, 'key.pem')
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext',
                    'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', cert], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context


class MailServer:
    """`starttls`, `tls` or `none`; with a login wherever there is TLS."""

    def __init__(self, folder, tls='starttls'):
        self.tls, self.lock = tls, threading.Lock()
        self.mails, self.sessions, self.answers = [], 0, {}
        self.cert, context = make_certificate(folder)
        secured = {'starttls': {'tls_context': context, 'require_starttls': True}, 'tls': {'ssl_context': context}, 'none': {}}[tls]
        login = {} if tls == 'none' else {'authenticator': self.check, 'auth_required': True, 'auth_require_tls': tls == 'starttls'}
        self.port = free_port()
        self.controller = Controller(self, hostname='127.0.0.1', port=self.port, ready_timeout=30, **secured, **login)

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *_):
        self.controller.stop()

    def config(self, **more):
        lines = {'host': '127.0.0.1', 'port': self.port, 'tls': self.tls, 'from': 'router@shop.example', 'ca_file': self.cert}
        if self.tls != 'none':
            lines |= {'user': USER, 'password': PASSWORD}
        return '[smtp]\n' + ''.join(f'{key} = {value if isinstance(value, int) else chr(34) + value + chr(34)}\n' for key, value in (lines | more).items())

    def answer(self, command, reply):
        """From now on the server says that to RCPT or DATA; None: as it should."""
        self.answers[command] = reply

    # What aiosmtpd calls.
    def check(self, server, session, envelope, mechanism, data):
        right = mechanism in ('LOGIN', 'PLAIN') and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=right)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        with self.lock:
            self.sessions += 1
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answers.get('RCPT'):
            return self.answers['RCPT']
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        if self.answers.get('DATA'):
            return self.answers['DATA']
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        with self.lock:
            self.mails.append((list(envelope.rcpt_tos), mail, envelope.content))
        return '250 OK'

    # What tests ask.
    def inbox(self, address):
        with self.lock:
            return [mail for recipients, mail, _ in self.mails if recipients == [address]]

    def everybody(self):
        with self.lock:
            return {recipient for recipients, _, _ in self.mails for recipient in recipients}

    def wait(self, address, count, seconds=60):
        """The address's mails, once there are so many."""
        end = time.monotonic() + seconds
        while len(self.inbox(address)) < count:
            if time.monotonic() > end:
                with self.lock:
                    have = [(recipients, mail['Subject']) for recipients, mail, _ in self.mails]
                raise AssertionError(f'waited {seconds} s in vain for mail {count} to {address}; there are {have}')
            time.sleep(0.02)
        return self.inbox(address)
