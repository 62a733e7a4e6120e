// Section 8.6 of docs/wire-format.md: chain.number.check, as people type it.
import { refuseUnless } from './wire.mjs';

const digitsOf = letter => (letter === '-' ? '36' : parseInt(letter, 36).toString());

/** The chain and the account that an address names: {chainId, number}. Refuses one whose check digits do not fit. */
export function readAddress(address) {
  const [, chainId, number, check] = /^([a-z](?:[a-z0-9-]{0,30}[a-z0-9])?)\.([1-9][0-9]*)\.([0-9]{2})$/.exec(address) ?? [];
  refuseUnless(check, `expected an address as chain.number.check, found ${address}`);
  const digits = [...chainId].map(digitsOf).join('') + number + '00';
  refuseUnless(98n - BigInt(digits) % 97n === BigInt(check), `the check digits of ${address} do not fit`);
  return { chainId, number: BigInt(number) };
}
