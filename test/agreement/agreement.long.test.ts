// New random worlds at each run, many of them.
import { agreementOn } from './suite.ts'

agreementOn(3000)
