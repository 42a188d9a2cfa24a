"""A stand-in for the vendors of models: Bedrock's Converse, Anthropic's Messages, OpenAI's Chat Completions, on loopback.

Every request is checked: Bedrock's against botocore's own model of the service, the others against the members that their manuals require.
It reads a ticket as its text says, else as an example does that shares three long words with it: "fail with NAME" answers that documented error, "hang up" answers nothing, "answer garbage" answers 200 with a page of HTML, "answer nonsense" fills in a topic that was not
offered, "say nothing" calls no tool; otherwise the topic is the first offered whose name stands in the ticket, else the example's, else "unsure".
"""
import json
import re
import threading
import urllib.parse

from loopback import LoopbackServer

ANTHROPIC_ERRORS = {'invalid_request_error': 400, 'authentication_error': 401, 'permission_error': 403, 'not_found_error': 404,
                    'request_too_large': 413, 'rate_limit_error': 429, 'api_error': 500, 'timeout_error': 504, 'overloaded_error': 529}
OPENAI_ERRORS = {'invalid_request': 400, 'invalid_api_key': 401, 'unsupported_country': 403, 'model_not_found': 404, 'rate_limit_exceeded': 429,
                 'server_error': 500, 'bad_gateway': 502, 'engine_overloaded': 503}
TRANSIENT = {408, 409, 424, 425, 429}


def is_transient(status):
    return status in TRANSIENT or status >= 500


def like_an_example(ticket, topics, examples):
    words = set(re.findall(r'\w{5,}', ticket.lower()))
    for text, topic in re.findall(r'"([^"\n]*)" = (.+)', examples):
        if topic in topics and len(words & set(re.findall(r'\w{5,}', text.lower()))) >= 3:
            return topic
    return 'unsure'


class Bedrock:
    """What botocore knows of Converse."""

    def __init__(self):
        import botocore.session
        from botocore.validate import ParamValidator
        self.operation = botocore.session.get_session().get_service_model('bedrock-runtime').operation_model('Converse')
        self.validator = ParamValidator()
        self.errors = {shape.name: shape.metadata['error']['httpStatusCode'] for shape in self.operation.error_shapes}

    def trouble(self, path, headers, body):
        match = re.fullmatch(r'/model/([^/]+)/converse', path)
        if not match:
            return f'no such path: {path}'
        if not re.match(r'AWS4-HMAC-SHA256 Credential=[^/]+/\d{8}/[^/]+/bedrock/aws4_request, ', headers.get('Authorization', '')):
            return 'not signed for bedrock'
        known = set(self.operation.input_shape.members) - {'modelId'}
        if set(body) - known:
            return f'unknown members: {set(body) - known}'
        report = self.validator.validate({'modelId': urllib.parse.unquote(match[1]), **body}, self.operation.input_shape)
        if report.has_errors():
            return report.generate_report()
        return None if body.get('inferenceConfig', {}).get('maxTokens') else 'maxTokens is not set'


class ModelServer(LoopbackServer):
    """with ModelServer() as server: server.url, server.requests, server.troubles, server.errors[vendor]."""

    def __init__(self, with_bedrock=True):
        self.bedrock = Bedrock() if with_bedrock else None
        self.errors = {'anthropic': ANTHROPIC_ERRORS, 'openai-compatible': OPENAI_ERRORS,
                       'bedrock': self.bedrock.errors if with_bedrock else {}}
        self.requests, self.troubles = [], []
        self.usage = (700, 60)
        self.lock = threading.Lock()

    def serve(self, handler, body):
        status, headers, answer = self.answer(handler.path, handler.headers, json.loads(body))
        if status is None:
            handler.close_connection = True
        elif isinstance(answer, bytes):
            self.reply(handler, status, answer, kind='text/html')
        else:
            self.reply(handler, status, json.dumps(answer).encode(), headers=headers)

    def answer(self, path, headers, body):
        vendor = 'bedrock' if path.endswith('/converse') else 'anthropic' if path.endswith('/v1/messages') else 'openai-compatible'
        trouble, system, user, schema = getattr(self, 'take_' + vendor.replace('-', '_'))(path, headers, body)
        with self.lock:
            self.requests.append({'vendor': vendor, 'system': system, 'user': user, 'body': body, 'headers': dict(headers)})
            if trouble:
                self.troubles.append(f'{vendor}: {trouble}')
        if trouble:
            return 401 if trouble == 'key or version' else 400, {}, {'message': trouble}
        if 'hang up' in user:
            return None, {}, None
        if 'answer garbage' in user:
            return 200, {}, b'<html>Welcome to the gateway</html>'
        failing = re.search(r'fail with (\w+)', user)
        if failing:
            return self.refusal(vendor, failing[1])
        return 200, {}, getattr(self, 'give_' + vendor.replace('-', '_'))(self.reading(user, schema))

    def refusal(self, vendor, name):
        status = self.errors[vendor][name]
        secret = 'the vendor repeats what the customer wrote'
        if vendor == 'bedrock':
            return status, {'x-amzn-ErrorType': name}, {'message': secret}
        if vendor == 'anthropic':
            return status, {'request-id': 'req_1'}, {'type': 'error', 'error': {'type': name, 'message': secret}}
        return status, {}, {'error': {'message': secret, 'type': name, 'code': name}}

    @staticmethod
    def reading(user, schema):
        if 'answer' not in schema.get('required', []) and 'topic' not in schema['properties']:
            return {'here': True}
        if 'say nothing' in user:
            return None
        topics = schema['properties']['topic']['enum']
        examples, _, ticket = user.partition('<ticket-')
        topic = next((t for t in topics if t != 'unsure' and t.lower() in ticket.lower()), None) or like_an_example(ticket, topics, examples)
        if 'answer nonsense' in user:
            topic = 'nonsense'
        return {'topic': topic, 'confidence': 0 if topic == 'unsure' else 92, 'others': [], 'urgency': 'low', 'tone': 'calm', 'signals': [],
                'evidence': []}

    # --- Bedrock
    def take_bedrock(self, path, headers, body):
        trouble = self.bedrock.trouble(path, headers, body)
        if trouble:
            return trouble, '', '', {}
        return (None, body['system'][0]['text'], body['messages'][0]['content'][0]['text'],
                body['toolConfig']['tools'][0]['toolSpec']['inputSchema']['json'])

    def give_bedrock(self, reading):
        content = [{'text': 'I would rather not.'}] if reading is None else [
            {'toolUse': {'toolUseId': 'tooluse_1', 'name': 'record_reading' if 'topic' in reading else 'answer', 'input': reading}}]
        return {'output': {'message': {'role': 'assistant', 'content': content}}, 'stopReason': 'end_turn' if reading is None else 'tool_use',
                'usage': {'inputTokens': self.usage[0], 'outputTokens': self.usage[1], 'totalTokens': sum(self.usage)}, 'metrics': {'latencyMs': 1}}

    # --- Anthropic
    def take_anthropic(self, path, headers, body):
        wanted = {'model', 'max_tokens', 'temperature', 'system', 'messages', 'tools', 'tool_choice'}
        trouble = None
        if headers.get('x-api-key') != 'sk-test' or headers.get('anthropic-version') != '2023-06-01':
            trouble = 'key or version'
        elif set(body) != wanted or not set(body['tools'][0]) == {'name', 'description', 'input_schema'}:
            trouble = f'members: {set(body) ^ wanted}'
        elif body['tool_choice'].get('name') != body['tools'][0]['name'] or body['tool_choice']['type'] != 'tool':
            trouble = 'the tool is not forced'
        return trouble, body.get('system', ''), body['messages'][0]['content'], body['tools'][0]['input_schema']

    def give_anthropic(self, reading):
        content = [{'type': 'text', 'text': 'Well.'}]
        if reading is not None:
            content.append({'type': 'tool_use', 'id': 'toolu_1', 'name': 'record_reading' if 'topic' in reading else 'answer', 'input': reading})
        return {'id': 'msg_1', 'type': 'message', 'role': 'assistant', 'content': content, 'stop_reason': 'tool_use',
                'usage': {'input_tokens': self.usage[0] - 100, 'cache_read_input_tokens': 100, 'cache_creation_input_tokens': 0,
                          'output_tokens': self.usage[1]}}

    # --- OpenAI and its like
    def take_openai_compatible(self, path, headers, body):
        trouble = None
        function = body['tools'][0]['function']
        if path != '/v1/chat/completions' or headers.get('Authorization') != 'Bearer sk-test':
            trouble = 'path or key'
        elif [m['role'] for m in body['messages']] != ['system', 'user'] or not body['max_tokens']:
            trouble = 'messages'
        elif body['tool_choice'] != {'type': 'function', 'function': {'name': function['name']}}:
            trouble = 'the tool is not forced'
        return trouble, body['messages'][0]['content'], body['messages'][1]['content'], function['parameters']

    def give_openai_compatible(self, reading):
        message = {'role': 'assistant', 'content': 'Well.'}
        if reading is not None:
            name = 'record_reading' if 'topic' in reading else 'answer'
            message = {'role': 'assistant', 'content': None,
                       'tool_calls': [{'id': 'call_1', 'type': 'function', 'function': {'name': name, 'arguments': json.dumps(reading)}}]}
        return {'id': 'chatcmpl-1', 'object': 'chat.completion', 'choices': [{'index': 0, 'message': message, 'finish_reason': 'tool_calls'}],
                'usage': {'prompt_tokens': self.usage[0], 'completion_tokens': self.usage[1], 'total_tokens': sum(self.usage)}}
