import Foundation
import NIOConcurrencyHelpers

/// A program that runs as long as it is asked things, one after the other, over its two pipes. One
/// that ended is started anew by the next question.
///
/// A lock and no actor: records are read by functions that block, as files are, on whichever thread
/// has time.
package final class AnsweringProgram: Sendable {
  private let start: @Sendable () throws(ChildProcessError) -> Pipes
  private let state: NIOLockedValueBox<State>

  private struct State {
    /// Nil where it has ended.
    var pipes: Pipes?
    /// Why nothing is asked any more.
    var failure: Failure?
  }

  fileprivate struct Pipes {
    let child: ChildProcess
    let questions: Int32
    let answers: Int32
    /// How long an answer may stay away, and pause.
    let patience: Duration
    /// What was read and not taken.
    var buffer: [UInt8] = []
    var start = 0
  }

  /// Why there is no answer.
  package enum Failure: Error, Sendable, Equatable {
    /// It ended.
    case ended
    /// It said nothing for so long, and was given up.
    case silent(Duration)
    /// An answer is not what it should be.
    case malformed
  }

  /// Starts a program apart from the terminal. Throws ``ChildProcessError``.
  ///
  /// - Parameters:
  ///   - withoutVariables: variables of the environment that it is not told.
  ///   - variables: those that it alone is told.
  ///   - patience: how long an answer may stay away.
  package init(
    _ program: String, _ arguments: [String], withoutVariables: Set<String> = [],
    variables: [String: String] = [:], patience: Duration = .seconds(60)
  ) throws(ChildProcessError) {
    start = { () throws(ChildProcessError) in
      try Pipes(
        program, arguments, .apart(withoutVariables: withoutVariables, variables: variables),
        patience: patience)
    }
    state = NIOLockedValueBox(State(pipes: try start()))
  }

  deinit { state.withLockedValue { $0.pipes?.end() } }

  /// Asks a line, and lets `read` take the answer, all of it.
  package func answer<Answer>(
    to line: String, _ read: (inout Reader) throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    try state.withLockedValue { state in
      Result { () throws(Failure) in
        if let failure = state.failure { throw failure }
        do throws(Failure) {
          var reader = Reader(pipes: try running(state.pipes))
          state.pipes = reader.pipes
          try reader.pipes.write(Array(line.utf8) + [0x0A])
          let answer = try read(&reader)
          state.pipes = reader.pipes
          return answer
        } catch {
          // Where an answer ends is not known any more.
          state.pipes?.end()
          state.pipes = nil
          if error != .ended { state.failure = error }
          throw error
        }
      }
    }.get()
  }

  /// - Parameter pipes: nil where it is to be started.
  private func running(_ pipes: Pipes?) throws(Failure) -> Pipes {
    if let pipes { return pipes }
    do {
      return try start()
    } catch {
      throw .ended
    }
  }

  /// Takes an answer piece by piece.
  package struct Reader {
    fileprivate var pipes: Pipes

    /// The next line, without its end, of at most 4,096 bytes.
    package mutating func line() throws(Failure) -> [UInt8] {
      var line: [UInt8] = []
      while true {
        if pipes.start == pipes.buffer.count { try pipes.fill() }
        let rest = pipes.buffer[pipes.start...]
        let end = rest.firstIndex(of: 0x0A)
        line += rest[..<(end ?? rest.endIndex)]
        guard line.count <= 4_096 else { throw .malformed }
        pipes.start = end.map { $0 + 1 } ?? rest.endIndex
        if end != nil { return line }
      }
    }

    /// So many bytes.
    package mutating func bytes(_ count: Int) throws(Failure) -> [UInt8] {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(count)
      while bytes.count < count { bytes += try take(count - bytes.count) }
      return bytes
    }

    /// Passes over so many bytes.
    package mutating func skip(_ count: Int) throws(Failure) {
      var rest = count
      while rest > 0 { rest -= try take(rest).count }
    }

    /// Some of the next bytes, at least one.
    private mutating func take(_ limit: Int) throws(Failure) -> ArraySlice<UInt8> {
      if pipes.start == pipes.buffer.count { try pipes.fill() }
      let taken = pipes.buffer[pipes.start...].prefix(limit)
      pipes.start = taken.endIndex
      return taken
    }
  }
}

extension AnsweringProgram.Pipes {
  fileprivate init(
    _ program: String, _ arguments: [String], _ kinship: ChildProcess.Kinship, patience: Duration
  ) throws(ChildProcessError) {
    let questions = try AnsweringProgram.Pipes.line()
    let answers: PipeEnds
    do throws(ChildProcessError) {
      answers = try PipeEnds()
    } catch {
      for end in [questions.reading, questions.writing] { close(end) }
      throw error
    }
    let nothing = open("/dev/null", O_WRONLY | O_CLOEXEC)
    // With these open here too, nobody would see the pipes' ends.
    defer {
      for end in [questions.reading, answers.writing, nothing] where end >= 0 { close(end) }
    }
    do throws(ChildProcessError) {
      guard nothing >= 0 else { throw ChildProcessError(code: errno) }
      let child = try ChildProcess(
        program, arguments,
        ChildProcess.Streams(
          input: questions.reading, output: answers.writing, messages: nothing), kinship)
      self.init(
        child: child, questions: questions.writing, answers: answers.reading, patience: patience)
    } catch {
      for end in [questions.writing, answers.reading] { close(end) }
      throw error
    }
  }

  /// A socket, to which a write that nobody reads is an error and no signal.
  private static func line() throws(ChildProcessError) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, stream, 0, &ends) == 0 else { throw ChildProcessError(code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    #if canImport(Darwin)
      var isOn: Int32 = 1
      let length = socklen_t(MemoryLayout<Int32>.size)
      setsockopt(ends[1], SOL_SOCKET, SO_NOSIGPIPE, &isOn, length)
    #endif
    return (ends[0], ends[1])
  }

  /// It ends when it can read nothing more; what hangs is ended.
  fileprivate func end() {
    close(questions)
    close(answers)
    Task { [child] in await child.end(within: .seconds(2)) }
  }

  /// A short line: a pipe that nobody reads from has room for it.
  fileprivate func write(_ bytes: [UInt8]) throws(AnsweringProgram.Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemSend(questions, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { throw .ended }
      rest = rest.dropFirst(max(0, count))
    }
  }

  /// Reads what there is, waiting for it no longer than the patience.
  fileprivate mutating func fill() throws(AnsweringProgram.Failure) {
    let (seconds, attoseconds) = patience.components
    let milliseconds = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    var waiting = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
    while true {
      let ready = poll(&waiting, 1, Int32(clamping: milliseconds))
      guard ready != 0 else { throw .silent(patience) }
      guard ready > 0 || errno == EINTR else { throw .ended }
      guard ready > 0 else { continue }
      var count = 0
      buffer = [UInt8](unsafeUninitializedCapacity: 1 << 16) { room, initialized in
        count = systemRead(answers, room.baseAddress, room.count)
        initialized = max(0, count)
      }
      start = 0
      if count > 0 { return }
      guard count < 0, errno == EINTR else { throw .ended }
    }
  }
}

/// The system's calls, whose names methods hide.
private func systemRead(_ handle: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(handle, buffer, count)
}
private func systemSend(_ handle: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  #if canImport(Darwin)
    send(handle, bytes, count, 0)
  #else
    send(handle, bytes, count, Int32(MSG_NOSIGNAL))
  #endif
}

#if canImport(Darwin)
  private let stream = SOCK_STREAM
#else
  private let stream = Int32(SOCK_STREAM.rawValue)
#endif
