import Foundation
import Processes
import Testing

/// Programs that are run for what they print.
struct ProgramRunTests {
  private func shell(_ script: String, _ change: (inout ProgramRun) -> Void = { _ in }) async throws
    -> ProgramRun.Outcome
  {
    var program = ProgramRun("/bin/sh", ["-c", script])
    change(&program)
    return try await program.run()
  }

  @Test func `what is printed comes back, and how it ended`() async throws {
    let outcome = try await shell("echo out; echo one >&2; printf two >&2; exit 7")
    #expect(outcome.ending == .exited(7))
    #expect(String(decoding: outcome.output, as: UTF8.self) == "out\n")
    #expect(outcome.messages.map { String(decoding: $0, as: UTF8.self) } == ["one", "two"])
  }

  @Test func `it reads nothing and has no terminal`() async throws {
    let outcome = try await shell("cat; (exec </dev/tty) 2>/dev/null && echo terminal; echo end")
    #expect(String(decoding: outcome.output, as: UTF8.self) == "end\n")
  }

  @Test func `it is not told what it is not to know`() async throws {
    let outcome = try await shell("echo ${PATH:+path} ${HOME:+home}") {
      $0.withoutVariables = ["HOME"]
    }
    #expect(String(decoding: outcome.output, as: UTF8.self) == "path\n")
  }

  @Test func `it is told what others are not`() async throws {
    let outcome = try await shell("echo $WORD ${HOME}") {
      $0.withoutVariables = ["WORD"]
      $0.variables = ["WORD": "told", "HOME": "/elsewhere"]
    }
    #expect(String(decoding: outcome.output, as: UTF8.self) == "told /elsewhere\n")
  }

  @Test func `of many messages the last are kept`() async throws {
    let outcome = try await shell("i=0; while [ $i -lt 500 ]; do i=$((i+1)); echo $i >&2; done")
    #expect(outcome.messages.count == 50)
    #expect(outcome.messages.last == Array("500".utf8))
  }

  @Test func `one that prints without end is ended`() async throws {
    await #expect(throws: ProgramRun.Failure.tooLong(limit: 1_000)) {
      try await shell("yes") { $0.outputLimit = 1_000 }
    }
  }

  @Test func `one that says nothing new is ended, with what it started and what heeds no request`()
    async throws
  {
    await #expect(throws: ProgramRun.Failure.silent(.milliseconds(300))) {
      try await shell("trap '' TERM; sleep 60 & while :; do echo 5 >&2; sleep 0.05; done") {
        $0.patience = .milliseconds(300)
        $0.measure = { Int(String(decoding: $0, as: UTF8.self)) }
      }
    }
  }

  @Test func `one that goes on is let go on for longer than its patience`() async throws {
    let outcome = try await shell("for i in 1 2 3 4 5 6 7 8; do echo $i >&2; sleep 0.5; done") {
      $0.patience = .seconds(3)
      $0.measure = { Int(String(decoding: $0, as: UTF8.self)) }
    }
    #expect(outcome.ending == .exited(0))
    #expect(outcome.messages.isEmpty)
  }

  @Test func `what it started ends with it`() async throws {
    let outcome = try await shell("sleep 60 & echo $!")
    let text = String(decoding: outcome.output, as: UTF8.self)
    let id = try #require(pid_t(text.trimmingCharacters(in: .newlines)))
    // Killed; the system may not have cleared it away yet.
    for _ in 0..<200 where kill(id, 0) == 0 && !isZombie(id) { usleep(10_000) }
    #expect(kill(id, 0) != 0 || isZombie(id))
  }

  private func isZombie(_ id: pid_t) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8) else {
      return false
    }
    return status.contains(") Z")
  }

  @Test func `a cancelled one is ended`() async throws {
    let task = Task { try await shell("sleep 60") }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `a program that is not there is told`() async throws {
    await #expect {
      _ = try await ProgramRun("there-is-no-such-program", []).run()
    } throws: {
      ($0 as? ChildProcessError)?.isNotFound == true
    }
  }
}
