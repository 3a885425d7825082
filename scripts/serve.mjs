/** Serves dist/ on http://localhost:4173; PORT changes the port. Uses nothing but Node itself. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const PORT_DEFAULT = 4173;

const MIME_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** The port of PORT or the default; ends the program when PORT is no port. */
export function wishedPort() {
  const text = process.env.PORT;
  if (text === undefined || text === '') return PORT_DEFAULT;
  if (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535) return Number(text);
  return stop(`PORT must be a number from 1 to 65535, not "${text}".`);
}

/** Ends the program with one line when the port is taken or there is nothing to serve. */
export async function serve(port) {
  if (!existsSync(join(DIST, 'index.html')))
    stop('There is no dist/ to serve: run "npm run build" first.');
  await listenAll(port, answer);
  console.log(`Zabscope is at http://localhost:${port}/ (Ctrl-C stops it)`);
}

/** Tries the port and lets it go again, so that nobody waits for a build in vain. */
export async function assertFree(port) {
  for (const server of await listenAll(port, () => {}))
    await new Promise((done) => server.close(done));
}

/**
 * `localhost` is 127.0.0.1 to some programs and ::1 to others: both are taken, or a stranger on the other one would
 * answer in our name. A machine without IPv6 has the first only.
 */
async function listenAll(port, handler) {
  const servers = [];
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer(handler);
    const error = await new Promise((done) => {
      server.once('error', done);
      server.listen(port, host, () => done(undefined));
    });
    if (error === undefined) servers.push(server);
    else if (error.code === 'EADDRINUSE') {
      stop(
        `Port ${port} is taken by another program: stop it, or choose another port (PORT=${port + 1} npm start).`,
      );
    } else if (error.code === 'EACCES')
      stop(`Port ${port} may not be used by this user: choose another by PORT.`);
    else if (host === '127.0.0.1') stop(`Port ${port} cannot be opened: ${error.message}`);
  }
  return servers;
}

function answer(request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const file = fileOf(request.url ?? '/');
  if (file === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n');
    return;
  }
  // Names under assets/ carry a hash of their content; all others may change with the next build.
  const isHashed = file.startsWith(join(DIST, 'assets') + sep);
  response.writeHead(200, {
    'content-type': MIME_TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream',
    'content-length': statSync(file).size,
    'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  if (request.method === 'HEAD') response.end();
  else
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
}

/** The file of an address; undefined when there is none or it lies outside dist/. */
function fileOf(url) {
  let path;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    return undefined;
  }
  if (path.includes('\0')) return undefined;
  let file = normalize(join(DIST, path));
  if (file !== DIST && !file.startsWith(DIST + sep)) return undefined;
  if (path.endsWith('/')) file = join(file, 'index.html');
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

function stop(line) {
  console.error(line);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await serve(wishedPort());
