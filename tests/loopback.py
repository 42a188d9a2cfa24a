"""An HTTP server on loopback, for the tests' stand-ins of services: a free port, a thread a connection, gone when it is closed."""
import http.server
import sys
import threading


class QuietServer(http.server.ThreadingHTTPServer):
    """Clients are killed in tests, and hang up."""
    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class LoopbackServer:
    """A subclass answers each request in serve(handler, body), as a rule with reply(). Use it in `with`, or start() and close() it."""

    def start(self):
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            disable_nagle_algorithm = True

            def do_POST(self):
                outer.serve(self, self.rfile.read(int(self.headers.get('Content-Length', 0))))

            do_GET = do_HEAD = do_PUT = do_DELETE = do_POST

            def log_message(self, *_):
                pass

        self.server = QuietServer(('127.0.0.1', 0), Handler)
        self.port = self.server.server_port
        self.url = f'http://127.0.0.1:{self.port}'
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return self

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.close()

    def serve(self, handler, body):
        raise NotImplementedError

    @staticmethod
    def reply(handler, status, raw=b'', kind='application/json', headers=None):
        handler.send_response(status)
        for name, value in {'Content-Type': kind, 'Content-Length': str(len(raw)), **(headers or {})}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(raw)
