// A real browser with a virtual authenticator, on a page of the portal; and answers forged with the authenticator's own key.
import { createHash, createPrivateKey, sign } from 'node:crypto'
import { chromium } from 'playwright-core'

const quietly = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run']
const alone = ['--disable-background-networking', '--disable-component-update', '--disable-sync']

export interface BrowserAnswer {
  id: string
  /** The name of the browser's error, where it or the authenticator refused. */
  refused?: string
  response: { clientDataJSON: string; userHandle?: string }
}

/** What to say wrongly; what is left out is right. */
export interface Forgery {
  challenge: string
  handle: string
  origin?: string
  type?: string
  party?: string
  flags?: number
  count?: number
  more?: object
}

export type Authenticator = Awaited<ReturnType<typeof openAuthenticator>>

export const base64url = (text: string | Buffer): string => Buffer.from(text).toString('base64url')
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest()

const inPage = (verb: 'create' | 'get', options: unknown) => `(async () => {
  const publicKey = PublicKeyCredential.parse${verb === 'create' ? 'Creation' : 'Request'}OptionsFromJSON(${JSON.stringify(options)})
  try { return (await navigator.credentials.${verb}({ publicKey })).toJSON() } catch (error) { return { refused: error.name } }
})()`

/** Opens the browser at a page of the origin; close it in `afterAll`. */
export async function openAuthenticator(origin: string) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: [...quietly, ...alone] })
  const page = await browser.newPage()
  await page.goto(`${origin}/livez`)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  let authenticatorId = ''
  const ownCredential = async () => {
    const [credential] = (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials
    if (!credential) throw new Error('the authenticator holds no passkey')
    return credential
  }
  return {
    /** Plugs in a new, empty authenticator that answers by itself, and pulls the one before. */
    renew: async () => {
      if (authenticatorId) await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
      const options = {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      } as const
      const added = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, automaticPresenceSimulation: true } })
      authenticatorId = added.authenticatorId
    },
    create: async (options: unknown) => (await page.evaluate(inPage('create', options))) as BrowserAnswer,
    get: async (options: unknown) => (await page.evaluate(inPage('get', options))) as BrowserAnswer,
    forget: () => cdp.send('WebAuthn.clearCredentials', { authenticatorId }),
    failToVerify: () => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false }),
    count: async () => (await ownCredential()).signCount,
    /** An answer to a request, signed with the authenticator's own key. */
    forge: async ({ challenge, handle, type = 'webauthn.get', party = 'localhost', flags = 0x05, count, more = {}, ...said }: Forgery) => {
      const { credentialId, privateKey, signCount } = await ownCredential()
      const clientData = Buffer.from(JSON.stringify({ type, challenge, origin: said.origin ?? origin, crossOrigin: false, ...more }))
      const counter = Buffer.alloc(4)
      counter.writeUInt32BE(count ?? signCount + 1)
      const authenticatorData = Buffer.concat([sha256(party), Buffer.from([flags]), counter])
      const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' })
      const digest = key.asymmetricKeyType === 'ed25519' ? null : 'sha256'
      const signature = base64url(sign(digest, Buffer.concat([authenticatorData, sha256(clientData)]), key))
      const id = base64url(Buffer.from(credentialId, 'base64'))
      const response = {
        clientDataJSON: base64url(clientData),
        authenticatorData: base64url(authenticatorData),
        signature,
        userHandle: base64url(handle),
      }
      return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response }
    },
    close: () => browser.close(),
  }
}
