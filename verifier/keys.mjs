// Scheme 1: ECDSA over P-256 with SHA-256, keys and signatures as in section 1 of docs/wire-format.md.
import { concat, hex, refuseUnless, u8, varint, within } from './wire.mjs';

const prime = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
const digest = { name: 'ECDSA', hash: 'SHA-256' };

const integer = bytes => BigInt('0x' + hex(bytes));
const bytes32 = value => Uint8Array.from(value.toString(16).padStart(64, '0').match(/../g), pair => parseInt(pair, 16));

/** Whether 64 bytes are a point of the curve; a key that is none can stand in a keyset, but never signs. */
export function isPoint(key) {
  const [x, y] = [integer(key.subarray(0, 32)), integer(key.subarray(32))];
  return x < prime && y < prime && (y * y - (x * x * x - 3n * x + b)) % prime === 0n;
}

export const readKey = reader => reader.take(64, 'key');

export function readScheme(reader) {
  return within('scheme', reader.u8('scheme'), 1, 1);
}

/** Whether r and s are in range and s is the lower of the two that verify. */
export function isLowS(signature) {
  const [r, s] = [integer(signature.subarray(0, 32)), integer(signature.subarray(32))];
  return r > 0n && r < order && s > 0n && s <= order / 2n;
}

/** Of the two values of s that verify, the lower. */
export function lowS(signature) {
  const s = integer(signature.subarray(32));
  return s <= order / 2n ? signature : concat(signature.subarray(0, 32), bytes32(order - s));
}

export async function isSignedBy(key, signature, message) {
  if (!isLowS(signature) || !isPoint(key)) return false;
  const imported = await crypto.subtle.importKey('raw', concat(Uint8Array.of(4), key), algorithm, false, ['verify']);
  return crypto.subtle.verify(digest, imported, signature, message);
}

/** Signs with a WebCrypto private key; WebCrypto returns either s, so it is made low. */
export const sign = async (privateKey, message) =>
  lowS(new Uint8Array(await crypto.subtle.sign(digest, privateKey, message)));

/** A new key pair: a WebCrypto private key, and the 64 bytes of the public one. */
export async function newKeyPair() {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const key = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)).slice(1);
  return { privateKey, key };
}

/** Section 3: threshold, then keys with their weights. */
export function readKeyset(reader) {
  const threshold = reader.count('threshold', 1, 4080);
  const count = within('key count', reader.u8('key count'), 1, 16);
  const keys = [];
  for (let i = 0; i < count; i++) {
    readScheme(reader);
    const weight = within('weight', reader.u8('weight'), 1, 255);
    keys.push({ weight, key: readKey(reader) });
  }
  refuseUnless(new Set(keys.map(({ key }) => hex(key))).size === count, 'expected distinct keys in a keyset');
  refuseUnless(keys.reduce((sum, { weight }) => sum + weight, 0) >= threshold, 'expected weights of at least the threshold');
  return { threshold, keys };
}

export const writeKeyset = ({ threshold, keys }) => concat(
  varint(threshold), u8(keys.length), ...keys.map(({ weight, key }) => concat(u8(1), u8(weight), key)));
