import Foundation

/// The terminal behind a stream, where there is one.
struct Terminal {
  private let descriptor: Int32

  static let input = Terminal(descriptor: STDIN_FILENO)
  static let output = Terminal(descriptor: STDOUT_FILENO)
  static let messages = Terminal(descriptor: STDERR_FILENO)

  /// Whether the stream goes to a terminal.
  var isThere: Bool { isatty(descriptor) == 1 }

  /// Whether its cursor can be moved.
  var isClever: Bool {
    guard isThere, let name = getenv("TERM").map({ String(cString: $0) }) else { return false }
    return !name.isEmpty && name != "dumb"
  }

  /// Whether this process may use it; in the background it would be stopped.
  var isOurs: Bool { tcgetpgrp(descriptor) == getpgrp() }

  /// As wide as it is now; 80 where there is none.
  var columns: Int { size.map { Int($0.ws_col) }.flatMap { $0 > 0 ? $0 : nil } ?? 80 }

  /// As high as it is now; nil where that is not known.
  var rows: Int? { size.map { Int($0.ws_row) }.flatMap { $0 > 0 ? $0 : nil } }

  /// How a terminal treats what is typed.
  struct Settings: Sendable {
    private let descriptor: Int32
    private let saved: termios

    /// Nil where no stream is a terminal.
    init?() {
      var settings = termios()
      let streams = [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
      guard let descriptor = streams.first(where: { tcgetattr($0, &settings) == 0 })
      else { return nil }
      (self.descriptor, saved) = (descriptor, settings)
    }

    /// Whoever is in the background would be stopped for it.
    func restore() {
      guard Terminal(descriptor: descriptor).isOurs else { return }
      var settings = saved
      tcsetattr(descriptor, TCSANOW, &settings)
    }
  }

  private var size: winsize? {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
  }
}
