import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import express, { type Router } from 'express'
import { openApi } from './openapi.js'

const SWAGGER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Multilogue API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="page"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body>
</html>`
const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#page', deepLinking: true })`

/** `/api/openapi.json`, and `/api/docs` to browse it. */
export function docsRouter(): Router {
  const router = express.Router()
  const described = JSON.stringify(openApi())
  router.get('/openapi.json', (_request, response) => void response.type('json').send(described))
  router.get('/docs', (_request, response) => void response.type('html').send(PAGE))
  router.get('/docs/start.js', (_request, response) => void response.type('js').send(START))
  router.use('/docs', express.static(SWAGGER, { index: false, maxAge: '1d' }))
  return router
}
