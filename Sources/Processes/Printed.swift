import Foundation
import NIOConcurrencyHelpers

/// What a program prints while it runs, within bounds.
final class Printed: Sendable {
  private let outputLimit: Int
  private let measure: @Sendable ([UInt8]) -> Int?
  /// A lock and no actor: threads that block in reading fill it.
  private let state = NIOLockedValueBox(State())

  private struct State {
    var output: [UInt8] = []
    var isTooLong = false
    var messages: [[UInt8]] = []
    /// The bytes of a line that has no end yet.
    var line: [UInt8] = []
    var measured: Int?
    var lastChange = ContinuousClock.now
    /// Pipes that may still bring something.
    var open = 2
  }

  /// The messages that are kept, of which each is cut at so many bytes.
  private static let keptMessages = 50
  private static let messageBytes = 1 << 16

  init(outputLimit: Int, measure: @escaping @Sendable ([UInt8]) -> Int?) {
    self.outputLimit = outputLimit
    self.measure = measure
  }

  /// Reads both pipes to their ends and closes them, on threads of their own: the threads that tasks
  /// share are few.
  func gather(output: Int32, messages: Int32) {
    for (handle, take) in [(output, take(output:)), (messages, take(messages:))] {
      Thread.detachNewThread { [self] in
        Printed.read(handle, take)
        close(handle)
        state.withLockedValue { $0.open -= 1 }
      }
    }
  }

  /// Throws once nothing has happened for so long while the program runs, or too much was printed;
  /// never returns.
  func watch(patience: Duration, while isRunning: () -> Bool) async throws {
    while true {
      let (last, isTooLong) = state.withLockedValue { ($0.lastChange, $0.isTooLong) }
      if isTooLong { throw ProgramRun.Failure.tooLong(limit: outputLimit) }
      let deadline = last + patience
      // Where all threads of tasks were busy, it may have ended long before this is looked at.
      guard deadline > .now || !isRunning() else { throw ProgramRun.Failure.silent(patience) }
      // Looked at now and then, since the other threads cannot wake a task that sleeps.
      try await Task.sleep(until: max(.now, min(deadline, .now + .milliseconds(200))))
    }
  }

  /// Waits for the pipes' ends, but not for ever: what the program started may hold one open.
  func outcome(_ ending: ChildProcess.Ending) async throws -> ProgramRun.Outcome {
    let deadline = ContinuousClock.now + .seconds(5)
    while state.withLockedValue({ $0.open }) > 0, .now < deadline {
      try await Task.sleep(for: .milliseconds(2))
    }
    return try state.withLockedValue { state in
      if state.isTooLong { throw ProgramRun.Failure.tooLong(limit: outputLimit) }
      let rest = state.line.isEmpty ? [] : [state.line]
      return ProgramRun.Outcome(
        ending: ending, output: state.output, messages: state.messages + rest)
    }
  }
}

extension Printed {
  private func take(output bytes: ArraySlice<UInt8>) {
    state.withLockedValue { state in
      state.lastChange = .now
      guard !state.isTooLong, state.output.count + bytes.count <= outputLimit else {
        state.isTooLong = true
        state.output = []
        return
      }
      state.output += bytes
    }
  }

  private func take(messages bytes: ArraySlice<UInt8>) {
    state.withLockedValue { state in
      for byte in bytes {
        if byte != 0x0A {
          if state.line.count < Printed.messageBytes { state.line.append(byte) }
          continue
        }
        take(line: state.line, &state)
        state.line.removeAll()
      }
    }
  }

  private func take(line: [UInt8], _ state: inout State) {
    if let measured = measure(line) {
      if measured != state.measured { state.lastChange = .now }
      state.measured = measured
      return
    }
    state.messages.append(line)
    if state.messages.count > Printed.keptMessages { state.messages.removeFirst() }
  }

  /// Blocks until the other end is closed.
  private static func read(_ handle: Int32, _ take: (ArraySlice<UInt8>) -> Void) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = systemRead(handle, &buffer, buffer.count)
      if count > 0 { take(buffer[..<count]) } else if count == 0 || errno != EINTR { return }
    }
  }
}

/// The system's `read`, which the method's name hides.
private func systemRead(_ handle: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(handle, buffer, count)
}
