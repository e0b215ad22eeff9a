// Random worlds: every way of asking gives the same answer as the naive reading, on both databases, and something is visible.
import { agreementOn } from './suite.ts'

// The same worlds each time: new ones are for the long run, or they would fail on somebody else's change.
agreementOn(100, 20_161)
