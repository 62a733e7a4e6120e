// Section 1 of docs/wire-format.md: integers, varints, byte strings. Values of 64 bits are BigInt, smaller ones numbers.

/** Bytes that are not what the page says: what was expected, and what was found. */
export class Malformed extends Error {}

export const refuseUnless = (holds, message) => {
  if (!holds) throw new Malformed(message);
};

export const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');

export function unhex(text) {
  refuseUnless(/^([0-9a-f]{2})*$/i.test(text), 'expected pairs of hex digits');
  return Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16));
}

export const concat = (...parts) => {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

export const equal = (left, right) => left.length === right.length && left.every((byte, i) => byte === right[i]);
export const ascii = text => Uint8Array.from(text, letter => letter.charCodeAt(0));
export const text = bytes => String.fromCharCode(...bytes);
export const isZero = bytes => bytes.every(byte => byte === 0);

const limit64 = 1n << 64n;

/** Reads front to back and refuses to read past the end; what it hands out are views, not copies. */
export class Reader {
  #bytes;
  #at = 0;

  constructor(bytes) {
    this.#bytes = bytes;
  }

  get left() {
    return this.#bytes.length - this.#at;
  }

  /** How many bytes were read. */
  get at() {
    return this.#at;
  }

  take(length, what = 'bytes') {
    refuseUnless(length <= this.left, `expected ${length} bytes of ${what}, found ${this.left}`);
    return this.#bytes.subarray(this.#at, (this.#at += length));
  }

  /** The bytes that a function reads from here. */
  spanOf(read) {
    const start = this.#at;
    read();
    return this.#bytes.subarray(start, this.#at);
  }

  u8(what) {
    return this.take(1, what)[0];
  }

  u16(what) {
    return Number(this.#big(2, what));
  }

  u32(what) {
    return Number(this.#big(4, what));
  }

  u48(what) {
    return Number(this.#big(6, what));
  }

  u64(what) {
    return this.#big(8, what);
  }

  #big(length, what) {
    return this.take(length, what).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  }

  varint(what) {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.u8(what);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        refuseUnless(byte !== 0 || shift === 0n, `${what}: a varint in its shortest form ends with a byte other than 0`);
        refuseUnless(value < limit64, `${what}: a varint is below 2^64`);
        return value;
      }
    }
    throw new Malformed(`${what}: a varint has at most 10 bytes`);
  }

  /** A varint within a range that fits a number. */
  count(what, least, most) {
    return within(what, Number(this.varint(what)), least, most);
  }

  zigzag(what) {
    const value = this.varint(what);
    return (value >> 1n) ^ -(value & 1n);
  }

  bytes8(what, least = 0, most = 255) {
    const length = within(`length of ${what}`, this.u8(what), least, most);
    return this.take(length, what);
  }

  magic(expected) {
    const found = text(this.take(8, 'magic'));
    refuseUnless(found === expected, `expected the magic ${expected}`);
  }

  end(what) {
    refuseUnless(this.left === 0, `expected the end of ${what}, found ${this.left} more bytes`);
  }
}

export function within(what, value, least, most) {
  refuseUnless(value >= least && value <= most, `expected ${what} from ${least} to ${most}, found ${value}`);
  return value;
}

const fixed = (value, length) => {
  let left = BigInt(value);
  refuseUnless(left >= 0n && left < 1n << BigInt(8 * length), `${value} does not fit ${length} bytes`);
  const bytes = new Uint8Array(length);
  for (let i = length - 1; i >= 0; i--, left >>= 8n) bytes[i] = Number(left & 0xffn);
  return bytes;
};

export const u8 = value => fixed(value, 1);
export const u32 = value => fixed(value, 4);
export const u48 = value => fixed(value, 6);
export const u64 = value => fixed(value, 8);

export function varint(value) {
  let left = BigInt(value);
  refuseUnless(left >= 0n && left < limit64, `${value} is not below 2^64`);
  const bytes = [];
  for (; left > 0x7fn; left >>= 7n) bytes.push(Number(left & 0x7fn) | 0x80);
  bytes.push(Number(left));
  return Uint8Array.from(bytes);
}

export function zigzag(value) {
  const signed = BigInt(value);
  refuseUnless(signed >= -(1n << 63n) && signed < 1n << 63n, `${value} does not fit a signed 64 bit integer`);
  return varint(BigInt.asUintN(64, (signed << 1n) ^ (signed >> 63n)));
}

export const bytes8 = bytes => concat(u8(bytes.length), bytes);
