// node --test verifier/test.mjs    checks this implementation against docs/vectors
import './tests/primitives.mjs';
import './tests/transactions.mjs';
import './tests/blocks.mjs';
import './tests/channels.mjs';
import './tests/files.mjs';
import './tests/signer.mjs';
import './tests/cli.mjs';
