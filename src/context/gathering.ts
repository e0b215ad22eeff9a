// Questions of the same asker that arrive while others are under way are answered by one run, which begins after the last of them arrived: nobody gets
// an answer that is older than their question, and many cost little more than one ("group commit", for reading).

/** @returns an answer for each question, in their order */
export type AnswerAll<Question, Answer> = (questions: readonly [Question, ...Question[]]) => Promise<readonly Answer[]>

interface Waiting<Question, Answer> {
  readonly question: Question
  readonly answer: (answer: Answer) => void
  readonly fail: (error: unknown) => void
}

interface Line<Question, Answer> {
  waiting: Waiting<Question, Answer>[]
  running: number
}

/** Runs of one asker at the same time: while the database answers one, the next is made ready. */
const atOnce = 2
/** Questions of one run, so that none waits for very many others. */
const most = 50
/** A run that takes longer holds no others up: behind a connection that fell silent, say, it may never end. */
const patience = 5_000

export class Gathering<Question, Answer> {
  readonly #answerAll: AnswerAll<Question, Answer>
  readonly #patience: number
  readonly #lines = new Map<string, Line<Question, Answer>>()

  constructor(answerAll: AnswerAll<Question, Answer>, waitsFor: number = patience) {
    this.#answerAll = answerAll
    this.#patience = waitsFor
  }

  /**
   * The answer to one question, by a run that begins now or later.
   * @param asker only questions with the same text here are answered together
   * @throws what the run throws on this question alone
   */
  ask(asker: string, question: Question): Promise<Answer> {
    const line = this.#lines.get(asker) ?? { waiting: [], running: 0 }
    this.#lines.set(asker, line)
    return new Promise((answer, fail) => {
      line.waiting.push({ question, answer, fail })
      // What arrives in the same turn of the process comes along.
      if (line.waiting.length === 1) setImmediate(() => this.#start(asker, line))
    })
  }

  #start(asker: string, line: Line<Question, Answer>): void {
    while (line.running < atOnce && line.waiting.length > 0) {
      line.running++
      const goOn = once(() => {
        line.running--
        this.#start(asker, line)
      })
      const impatient = setTimeout(goOn, this.#patience).unref()
      void this.#run(line.waiting.splice(0, most)).finally(() => {
        clearTimeout(impatient)
        goOn()
      })
    }
    // A turn that comes late must not end the line that began after this one.
    if (line.running === 0 && this.#lines.get(asker) === line) this.#lines.delete(asker)
  }

  /** Never throws. Where a run of many fails, each is asked alone, so that nobody fails by another's question. */
  async #run(some: readonly Waiting<Question, Answer>[]): Promise<void> {
    const [first, ...others] = some
    if (!first) return
    try {
      const answers = await this.#answerAll([first.question, ...others.map(({ question }) => question)])
      for (const [place, one] of some.entries()) one.answer(answers[place] as Answer)
    } catch (error) {
      if (others.length === 0) first.fail(error)
      else await Promise.all(some.map((one) => this.#run([one])))
    }
  }
}

function once(work: () => void): () => void {
  let done = false
  return () => {
    if (!done) work()
    done = true
  }
}
