// oauth2-mock-server with an RSA key, as its own command starts it.
import { OAuth2Server } from 'oauth2-mock-server'

const server = new OAuth2Server()
await server.issuer.keys.add(JSON.parse(process.env.PRIVATE))
await server.start(Number(process.env.PORT), '127.0.0.1')
