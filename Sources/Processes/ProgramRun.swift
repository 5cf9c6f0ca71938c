import Foundation
import NIOConcurrencyHelpers

/// A program that is run to its end for what it prints, apart from the terminal and with nothing to
/// read.
package struct ProgramRun: Sendable {
  package let program: String
  package let arguments: [String]
  /// Variables of the environment that it is not told.
  package var withoutVariables: Set<String> = []
  /// Variables that it alone is told.
  package var variables: [String: String] = [:]
  /// How long nothing may happen: nothing printed, and nothing said of how far it is that was not
  /// said before. Then it is ended, however long it took until then.
  package var patience = Duration.seconds(60)
  /// How many bytes it may print.
  package var outputLimit = 1 << 26
  /// What a line of its messages says of how far it is; nil for a line that does not speak of that.
  package var measure: @Sendable ([UInt8]) -> Int? = { _ in nil }

  package init(_ program: String, _ arguments: [String]) {
    self.program = program
    self.arguments = arguments
  }

  /// How a program ended, and what it printed.
  package struct Outcome: Sendable {
    package let ending: ChildProcess.Ending
    package let output: [UInt8]
    /// The last of its messages, by line.
    package let messages: [[UInt8]]
  }

  /// Why a program was ended.
  package enum Failure: Error, Sendable, Equatable {
    /// Nothing happened for so long.
    case silent(Duration)
    /// It printed more than was let.
    case tooLong(limit: Int)
  }

  /// Runs the program. Throws ``ChildProcessError`` where it cannot be started, ``Failure`` where it
  /// was ended, and `CancellationError`; the program has ended in any case.
  package func run() async throws -> Outcome {
    let printed = Printed(outputLimit: outputLimit, measure: measure)
    let child = try start(printed)
    let ending = try await withThrowingTaskGroup(of: ChildProcess.Ending?.self) { group in
      group.addTask { await child.wait() }
      group.addTask {
        try await printed.watch(patience: patience) { !child.hasEnded }
        return nil
      }
      do {
        let first = try await group.next() ?? nil
        group.cancelAll()
        guard let first else { preconditionFailure("watching ends by throwing only") }
        return first
      } catch {
        await child.end()
        throw error
      }
    }
    return try await printed.outcome(ending)
  }

  private func start(_ printed: Printed) throws(ChildProcessError) -> ChildProcess {
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard nothing >= 0 else { throw ChildProcessError(code: errno) }
    defer { close(nothing) }
    let output = try PipeEnds()
    let messages: PipeEnds
    do throws(ChildProcessError) {
      messages = try PipeEnds()
    } catch {
      for end in [output.reading, output.writing] { close(end) }
      throw error
    }
    // With these open here too, nobody would see the pipes' ends.
    defer { for end in [output.writing, messages.writing] { close(end) } }
    do throws(ChildProcessError) {
      let child = try ChildProcess(
        program, arguments,
        ChildProcess.Streams(input: nothing, output: output.writing, messages: messages.writing),
        .apart(withoutVariables: withoutVariables, variables: variables))
      printed.gather(output: output.reading, messages: messages.reading)
      return child
    } catch {
      for end in [output.reading, messages.reading] { close(end) }
      throw error
    }
  }
}
