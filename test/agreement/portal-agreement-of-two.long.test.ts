// The two portals whose worlds take the longest; the other three run beside them in another process.
import { longAgreementOf } from './portal-suite.ts'

longAgreementOf(['standard', 'field-service'])
