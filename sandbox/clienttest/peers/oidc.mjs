// oidc-provider with one client that signs with RS256 and gets signed tokens, as
// at Maskinporten. PUBLIC and PRIVATE are keys as JWK.
import { Provider } from 'oidc-provider'

const issuer = `http://127.0.0.1:${process.env.PORT}`
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'demo',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'RS256',
    jwks: { keys: [JSON.parse(process.env.PUBLIC)] },
  }],
  jwks: { keys: [JSON.parse(process.env.PRIVATE)] },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => 'urn:api',
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: 'read', accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
    },
  },
})
provider.listen(Number(process.env.PORT), '127.0.0.1')
