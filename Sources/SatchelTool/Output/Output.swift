import Foundation
import NIOConcurrencyHelpers

/// The two streams this process writes to.
///
/// What cannot be written is remembered and traps nowhere. A command that only answers ends with
/// that; another one goes on with its work, and the tool says at the end that it was done.
enum Output {
  /// Data.
  static func print(_ text: String) { print(Array(text.utf8)) }

  static func print(_ bytes: [UInt8]) {
    guard let code = write(bytes, to: STDOUT_FILENO) else { return }
    let kind = state.withLockedValue { state in
      state.dataError = state.dataError ?? code
      return state.kind
    }
    if kind == .query { Tool.end(nil) }
  }

  /// What is no data.
  static func tell(_ text: String) {
    wipeProgress()
    guard let code = write(Array(text.utf8), to: STDERR_FILENO) else { return }
    state.withLockedValue { $0.messageError = $0.messageError ?? code }
  }

  /// Puts a line where the last one was.
  static func showProgress(_ line: String) {
    state.withLockedValue { $0.showsProgress = true }
    // The cursor stays before the line: made narrower, a terminal may break the line in two, and the
    // next one wipes whatever is behind the cursor. Nobody misses what cannot be shown.
    _ = write(Array("\r\u{1b}[J\(line)\r".utf8), to: STDERR_FILENO)
  }

  static func wipeProgress() {
    let wasShown = state.withLockedValue { state in
      defer { state.showsProgress = false }
      return state.showsProgress
    }
    if wasShown { _ = write(Array("\r\u{1b}[J".utf8), to: STDERR_FILENO) }
  }

  /// What the command at hand is; before that is known there is nothing to lose.
  static var kind: CommandKind {
    get { state.withLockedValue { $0.kind } }
    set { state.withLockedValue { $0.kind = newValue } }
  }

  /// Why data could not be written, by the system's number for it; nil also where the reader of a
  /// pipe had enough.
  static var dataError: Int32? {
    state.withLockedValue { $0.dataError == EPIPE ? nil : $0.dataError }
  }

  /// The same of messages.
  static var messageError: Int32? {
    state.withLockedValue { $0.messageError == EPIPE ? nil : $0.messageError }
  }

  private struct State {
    var kind = CommandKind.query
    var dataError: Int32?
    var messageError: Int32?
    var showsProgress = false
  }

  /// A lock and no actor: printing must not wait for a thread that tasks share.
  private static let state = NIOLockedValueBox(State())
}

extension Output {
  /// Writes all of it. Returns the system's number for what kept it from that.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        // A terminal is shared, and ssh may have set it so.
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wait, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }

  /// Gives the numbers of streams that were closed to something that cannot be used: a database
  /// opened under one of them would be read or written as what people type and see.
  static func reserveStreams() {
    for (descriptor, access) in [
      (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY),
    ] where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", access)
    }
  }
}
