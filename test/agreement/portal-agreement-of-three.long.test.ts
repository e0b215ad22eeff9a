// The three portals whose worlds take the least; the other two run beside them in another process.
import { longAgreementOf } from './portal-suite.ts'

longAgreementOf(['support-desk', 'telephony-account', 'managed-services'])
