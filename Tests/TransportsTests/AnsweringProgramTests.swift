import Foundation
import Processes
import Testing

/// A program that is asked things as long as it runs.
struct AnsweringProgramTests {
  private func shell(
    _ script: String, variables: [String: String] = [:], patience: Duration = .seconds(30)
  ) throws -> AnsweringProgram {
    try AnsweringProgram(
      "/bin/sh", ["-c", script], withoutVariables: ["HOME"], variables: variables,
      patience: patience)
  }

  @Test func `answers come back in the order of the questions, whoever asks`() async throws {
    let program = try shell("while read -r line; do echo \"$line ${#line}\"; echo abc; done")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<40 {
        group.addTask {
          let question = String(repeating: "x", count: number + 1)
          let answer = try program.answer(to: question) {
            (reader) throws(AnsweringProgram.Failure) in
            let line = String(decoding: try reader.line(), as: UTF8.self)
            try reader.skip(1)
            return (line, try reader.bytes(3))
          }
          #expect(answer.0 == "\(question) \(number + 1)")
          #expect(answer.1 == Array("bc\n".utf8))
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func `it is told some variables, and others not`() throws {
    let program = try shell(
      "read line; echo \"${HOME:-none} $WORD\"", variables: ["WORD": "told", "HOME": "there"])
    let line = try program.answer(to: "?") { (reader) throws(AnsweringProgram.Failure) in
      try reader.line()
    }
    #expect(String(decoding: line, as: UTF8.self) == "there told")
  }

  @Test func `one that ends, falls silent or talks on is given up`() throws {
    let line: (inout AnsweringProgram.Reader) throws(AnsweringProgram.Failure) -> [UInt8] = {
      (reader) throws(AnsweringProgram.Failure) in try reader.line()
    }
    let ended = try shell("exit 0")
    #expect(throws: AnsweringProgram.Failure.ended) { try ended.answer(to: "?", line) }
    #expect(throws: AnsweringProgram.Failure.ended) { try ended.answer(to: "?", line) }
    // The next question starts it anew.
    let once = try shell("read -r line; echo \"$line\"")
    for word in ["one", "two"] {
      #expect(try once.answer(to: word, line) == Array(word.utf8))
      #expect(throws: AnsweringProgram.Failure.ended) { try once.answer(to: "?", line) }
    }
    let patience = Duration.milliseconds(50)
    let silent = try shell("sleep 60", patience: patience)
    #expect(throws: AnsweringProgram.Failure.silent(patience)) { try silent.answer(to: "?", line) }
    let endless = try shell("read line; head -c 9000 /dev/zero; sleep 60")
    #expect(throws: AnsweringProgram.Failure.malformed) { try endless.answer(to: "?", line) }
  }
}
