"""An installation on the emulators of AWS, its functions as processes of the program, and what AWS does between them."""
import base64
import json
import os
import subprocess
import tempfile
import urllib.parse

import botocore.session

import serving
from runtime_api import RuntimeApi

HOST = 'abc.lambda-url.ap-southeast-1.on.aws'
SECRET = {'form_key': 'f' * 64, 'link_key': 'l' * 64, 'form_secret': serving.FORM_SECRET, 'chat_widget': serving.CHAT_SECRET}


class Function:
    """A process of the program as one function of Lambda."""
    def __init__(self, program, handler, environment):
        self.api = RuntimeApi().start()
        self.log = tempfile.TemporaryFile('w+')
        self.process = subprocess.Popen([program], stdin=subprocess.DEVNULL, stderr=self.log,
                                        env=environment | {'AWS_LAMBDA_RUNTIME_API': f'127.0.0.1:{self.api.port}', '_HANDLER': handler})

    def call(self, event):
        kind, error_type, body = self.api.ask(event)
        assert kind == 'response', (error_type, body, self.log_text())
        return body

    def log_text(self):
        self.log.seek(0)
        return self.log.read()

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.api.close()
        self.log.close()


class Installation:
    """Its parts, as a template would make them."""
    def __init__(self, environment, program, probe):
        self.environment, self.program = environment, program
        session = botocore.session.Session()
        session.set_credentials(environment['AWS_ACCESS_KEY_ID'], environment['AWS_SECRET_ACCESS_KEY'], environment['AWS_SESSION_TOKEN'])
        self.client = {name: session.create_client(name, region_name='ap-southeast-1', endpoint_url=environment['AWS_ENDPOINT_URL'])
                       for name in ('dynamodb', 's3', 'sqs', 'secretsmanager', 'sesv2')}
        self.probe = probe
        self.make_store('tr-')
        self.queues = [self.client['sqs'].create_queue(QueueName=name)['QueueUrl'] for name in ('tr-intake', 'tr-dead')]
        self.client['secretsmanager'].create_secret(Name='tr', SecretString=json.dumps(SECRET))
        self.client['sesv2'].create_email_identity(EmailIdentity='router@shop.example')
        pieces = {piece: self.read(name) for piece, name in (('topics', 'topics.csv'), ('teams', 'teams.csv'), ('rules', 'rules.md'))}
        self.client['s3'].put_object(Bucket='tr-rules', Key='pieces.json', Body=json.dumps(pieces))

    def make_store(self, prefix):
        tables = subprocess.run([self.probe, 'tables'], input=prefix, capture_output=True, text=True, check=True).stdout
        for table in json.loads(tables):
            self.client['dynamodb'].create_table(**table)
        for bucket in (prefix + 'mail', prefix + 'rules'):
            self.client['s3'].create_bucket(Bucket=bucket, CreateBucketConfiguration={'LocationConstraint': 'ap-southeast-1'})
            self.client['s3'].put_bucket_versioning(Bucket=bucket, VersioningConfiguration={'Status': 'Enabled'})

    @staticmethod
    def read(name):
        with open(os.path.join(serving.RULES, name), encoding='utf-8') as f:
            return f.read()

    def settings(self):
        return (f'[http]\nbase_url = "https://{HOST}"\n[mail]\naddresses = ["help@shop.example"]\ntrusted_servers = ["amazonses.com"]\n'
                'trust_spam_headers = true\n[reader]\nkind = "bedrock"\n[chat.widget]\n'
                f'[aws]\nqueue = "{self.queues[0]}"\ndead_letters = "{self.queues[1]}"\nmail_bucket = "tr-mail"\nrules_bucket = "tr-rules"\n'
                'secret = "tr"\nmail_from = "router@shop.example"\n')

    def start(self, handler, **more):
        return Function(self.program, handler, self.environment | {'TR_CONFIG': self.settings()} | more)

    def lay_mail(self, name, raw):
        """Gives S3's notification."""
        self.client['s3'].put_object(Bucket='tr-mail', Key='mail/' + name, Body=raw)
        return {'Records': [{'eventSource': 'aws:s3', 'eventName': 'ObjectCreated:Put',
                             's3': {'bucket': {'name': 'tr-mail'}, 'object': {'key': urllib.parse.quote_plus('mail/' + name), 'size': len(raw)}}}]}

    def receive(self):
        messages = self.client['sqs'].receive_message(QueueUrl=self.queues[0], MaxNumberOfMessages=10, VisibilityTimeout=360,
                                                      AttributeNames=['All']).get('Messages', [])
        return {'Records': [{'eventSource': 'aws:sqs', 'messageId': m['MessageId'], 'receiptHandle': m['ReceiptHandle'], 'body': m['Body'],
                             'attributes': m['Attributes']} for m in messages]}

    def settle(self, event, answer):
        failed = {one['itemIdentifier'] for one in answer['batchItemFailures']}
        for record in event['Records']:
            if record['messageId'] not in failed:
                self.client['sqs'].delete_message(QueueUrl=self.queues[0], ReceiptHandle=record['receiptHandle'])
        return failed


def url_event(method, path, body=None, query='', **headers):
    event = {'version': '2.0', 'rawPath': path, 'rawQueryString': query, 'requestContext': {'http': {'method': method, 'sourceIp': '203.0.113.9'}},
             'headers': {'host': HOST} | {name.replace('_', '-'): value for name, value in headers.items()}, 'isBase64Encoded': False}
    if isinstance(body, bytes):
        event |= {'body': base64.b64encode(body).decode(), 'isBase64Encoded': True}
    elif body is not None:
        event['body'] = body
    return event
