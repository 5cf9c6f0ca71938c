"""The other end of a Noise session over standard input and output, by an independent
implementation: `noiseprotocol` from PyPI. Messages have two bytes of length before them, the most
significant first. What is opened is sealed again, reversed, until the input ends.

    noise-peer.py initiator|responder PRESHARED-KEY PROLOGUE      (both hexadecimal)
"""

import faulthandler
import os
import sys

from noise.connection import NoiseConnection

MESSAGES_PER_KEY = 1024


def read():
    length = int.from_bytes(sys.stdin.buffer.read(2), "big")
    return sys.stdin.buffer.read(length)


def write(message):
    sys.stdout.buffer.write(len(message).to_bytes(2, "big") + message)
    sys.stdout.buffer.flush()


def handshake(role, preshared_key, prologue):
    session = NoiseConnection.from_name(b"Noise_NNpsk0_25519_ChaChaPoly_SHA256")
    session.set_psks(preshared_key)
    session.set_prologue(prologue)
    if role == "initiator":
        session.set_as_initiator()
        session.start_handshake()
        write(session.write_message(b"hello of Python"))
        session.read_message(read())
    else:
        session.set_as_responder()
        session.start_handshake()
        greeting = session.read_message(read())
        write(session.write_message(greeting[::-1]))
    return session


def answer(session):
    count = 0
    while message := read():
        write(session.encrypt(bytes(session.decrypt(message))[::-1]))
        count += 1
        if count % MESSAGES_PER_KEY == 0:
            session.rekey_inbound_cipher()
            session.rekey_outbound_cipher()


# Whatever happens, the test that started this does not wait for ever.
faulthandler.dump_traceback_later(30, exit=True)
try:
    answer(handshake(sys.argv[1], bytes.fromhex(sys.argv[2]), bytes.fromhex(sys.argv[3])))
finally:
    # The reader must not wait for more, and the writer not meet a closed pipe, which would end it.
    os.close(1)
    sys.stdin.buffer.read()
