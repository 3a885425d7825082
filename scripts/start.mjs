/** `npm start`: builds the page and serves it. */
import { build } from 'vite';
import { assertFree, serve, wishedPort } from './serve.mjs';

const port = wishedPort();
await assertFree(port);
await build({ logLevel: 'warn' });
await serve(port);
