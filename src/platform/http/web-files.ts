// Serves the built web interface; an address of the interface itself (no file, no API) gets its one page.
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyRequest } from 'fastify'
import type { HttpApp } from './routes.ts'

/** Where the build lies: `dist/web` beside the sources, or `web` inside the published `dist`. Undefined where nothing is built. */
export function builtWebFiles(): string | undefined {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const directory = basename(root) === 'dist' ? join(root, 'web') : join(root, 'dist', 'web')
  return existsSync(join(directory, 'index.html')) ? directory : undefined
}

// `/access/v1/…` is the decision API; `/access/<id>` is the page of one access.
const notOfTheInterface = /^\/(?:api|access\/v\d+|\.well-known)(?:\/|$)/

/** Adds the files below `directory`. Files with a hash in their name are kept for a year, everything else is asked for anew. */
export async function addWebFiles(app: HttpApp, directory: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    index: 'index.html',
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isHashed = /[/\\]assets[/\\]/.test(path)
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}

/** Whether the request is a person's browser opening a page of the interface. */
export function wantsPage(request: FastifyRequest): boolean {
  const path = request.url.split('?', 1)[0] ?? ''
  return (
    (request.method === 'GET' || request.method === 'HEAD') &&
    (request.headers.accept ?? '').includes('text/html') &&
    !notOfTheInterface.test(path) &&
    !/\.[a-z0-9]{2,5}$/i.test(path)
  )
}
