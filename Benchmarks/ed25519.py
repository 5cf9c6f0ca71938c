"""Signing with Ed25519, after RFC 8032, section 6: slow, not safe against whoever can measure its
time, and enough to sign a few bundles of a benchmark without a library."""

import hashlib

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
BASE_Y = 4 * pow(5, P - 2, P) % P


def base_x():
    square = (BASE_Y * BASE_Y - 1) * pow(D * BASE_Y * BASE_Y + 1, P - 2, P)
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    return P - x if x & 1 else x


# Points are (X, Y, Z, T): x = X / Z, y = Y / Z, x * y = T / Z.
NEUTRAL = (0, 1, 1, 0)
BASE = (base_x(), BASE_Y, 1, base_x() * BASE_Y % P)


def added(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiple(scalar):
    result, point = NEUTRAL, BASE
    while scalar:
        if scalar & 1:
            result = added(result, point)
        point = added(point, point)
        scalar >>= 1
    inverse = pow(result[2], P - 2, P)
    x, y = result[0] * inverse % P, result[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def expanded(seed):
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little")
    return scalar & ((1 << 254) - 8) | 1 << 254, digest[32:]


def public_key(seed):
    return multiple(expanded(seed)[0])


def sign(seed, message):
    scalar, prefix = expanded(seed)
    nonce = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % ORDER
    point = multiple(nonce)
    challenge = hashlib.sha512(point + multiple(scalar) + message).digest()
    answer = nonce + int.from_bytes(challenge, "little") * scalar
    return point + (answer % ORDER).to_bytes(32, "little")
