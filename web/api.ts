// The one client of this page: its own origin, its own session cookie.
import { createClient } from '../client/client.ts'

export const api = createClient({ baseUrl: '' })
