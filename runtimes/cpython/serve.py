"""Serves a lane's functions to a test in another language: one request and one reply per line.

Takes a JSON object {lane, library, python, in, out}: `in` and `out` are paths of named pipes.
Values go by the words of the signature table; what JSON cannot say is spelled {"x": "NaN"} or
{"i": "1"}.
"""
import ctypes
import json
import math
import os
import queue
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from worker import open_lane  # noqa: E402

NUMBERS = {'f32', 'f64'}


class Server:
    """The functions of a lane, with what lives on this side: addresses, buffers and callbacks."""

    def __init__(self, order):
        work = order['python']
        self.lane = open_lane(order, work)
        self.signatures = work['signatures']
        self.functions = self.lane.bind(work['binds'])
        self.is_text = order['takes_text']
        self.null = self.lane.scope['null']
        self.addresses, self.buffers, self.callbacks = [], {}, []
        self.waiting = queue.Queue()
        self.source = open(order['in'], 'r')
        self.sink = open(order['out'], 'w')

    def say(self, message):
        self.sink.write(json.dumps(message) + '\n')
        self.sink.flush()

    def run(self):
        for line in self.source:
            request = json.loads(line)
            self.answer_threads()
            try:
                self.say({'value': getattr(self, 'do_' + request['do'])(request)})
            except Exception as error:
                self.say({'error': f'{type(error).__name__}: {error}'})

    def do_call(self, request):
        name, outs = request['name'], []
        signature = self.signatures[name]
        args = [self.taken(name, word, arg, outs)
                for word, arg in zip(signature['args'], request['args'])]
        result = self.given(signature['result'], self.functions[name](*args))
        contents = [bytes(memoryview(self.lane.scope['buffer_of'](kept)).cast('B'))[:size].hex()
                    for kept, size in outs]
        return {'result': result, 'buffers': contents}

    def do_turn(self, request):
        """Nothing by itself: what foreign threads asked was answered before."""

    def do_same(self, request):
        return self.at(request['a']) == self.at(request['b'])

    def do_address_of(self, request):
        return self.keep(self.lane.scope['address_of'](self.buffers[request['key']]))

    def do_numbers_at(self, request):
        address = self.whole(self.at(request['at']))
        return list((ctypes.c_double * request['count']).from_address(address))

    def do_text_at(self, request):
        return ctypes.string_at(self.whole(self.at(request['at']))).decode()

    def whole(self, address):
        """An address as a whole number."""
        return address if isinstance(address, int) else \
            int(self.lane.ffi.cast('intptr_t', address))

    def at(self, number):
        return self.null if number is None else self.addresses[number]

    def keep(self, address):
        if address == self.null or address is None:
            return None
        self.addresses.append(address)
        return len(self.addresses) - 1

    def taken(self, name, word, value, outs):
        """A value of the request as the lane takes it."""
        if word == 'pointer':
            return self.at(value)
        if word == 'cstring':
            return self.text(bytes.fromhex(value))
        if isinstance(word, str):
            return number(value)
        if 'callback' in word:
            made = self.lane.scope['callback'](name, self.caller(word['callback'], value))
            self.callbacks.append(made)
            return made
        if 'struct' in word:
            return self.struct(word, [number(field) for field in value])
        return self.buffer(word['buffer'], value, outs)

    def text(self, data):
        return data.split(b'\0')[0].decode() if self.is_text else data + b'\0'

    def struct(self, word, fields):
        if hasattr(self.lane, 'words'):
            return self.lane.words.type_of(word)(*fields)
        if hasattr(self.lane, 'ffi'):
            return self.lane.ffi.new(f'ffib_struct_{len(fields)} *', fields)[0]
        return tuple(fields)

    def buffer(self, code, value, outs):
        data = bytes.fromhex(value['bytes'])
        kept = self.lane.make(code, value['count'])
        memoryview(self.lane.scope['buffer_of'](kept)).cast('B')[:len(data)] = data
        self.buffers[value['key']] = kept
        outs.append((kept, len(data)))
        return kept

    def given(self, word, value):
        """What the lane returned, as the reply has it."""
        if word == 'pointer':
            return self.keep(value)
        if word == 'cstring':
            if isinstance(value, str):
                return value
            return (value if isinstance(value, bytes) else self.lane.ffi.string(value)).decode()
        if isinstance(word, dict):
            fields = value if isinstance(value, tuple) else \
                [getattr(value, name) for name in word['struct']]
            return [spelled(field) for field in fields]
        return spelled(value)

    def caller(self, word, number_of):
        """A function that asks the other side; from a foreign thread it waits for its turn."""
        main = threading.main_thread()

        def call(*args):
            request = {'callback': number_of,
                       'args': [self.given(one, arg) for one, arg in zip(word['args'], args)]}
            if threading.current_thread() is main:
                return self.answered(word, request)
            reply = queue.Queue()
            self.waiting.put((word, request, reply))
            return reply.get()
        return call

    def answered(self, word, request):
        self.say(request)
        value = json.loads(self.source.readline())['value']
        return self.at(value) if word['result'] == 'pointer' else number(value)

    def answer_threads(self):
        while not self.waiting.empty():
            word, request, reply = self.waiting.get()
            reply.put(self.answered(word, request))


def number(value):
    """A number of the request."""
    if isinstance(value, dict):
        return int(value['i']) if 'i' in value else float(value['x'].replace('Infinity', 'inf'))
    return value


def spelled(value):
    """A number of the reply, in JSON that JavaScript reads without a loss."""
    if isinstance(value, float) and not math.isfinite(value):
        return {'x': 'NaN' if math.isnan(value) else ('-' if value < 0 else '') + 'Infinity'}
    is_long = isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2 ** 53
    return {'i': str(value)} if is_long else value


if __name__ == '__main__':
    Server(json.loads(sys.argv[-1])).run()
