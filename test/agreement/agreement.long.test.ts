// New random worlds at each run, many of them. The worlds of all portals, which ask more, are in the files beside this one.
import { agreementOn } from './suite.ts'

agreementOn(1000)
