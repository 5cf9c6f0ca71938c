#if os(Linux)
  import Foundation
  import Testing

  /// A command with a terminal of its own, as a person at it sees and types.
  final class PseudoTerminal {
    private let master: Int32
    private let id: pid_t
    private var ending: Int32?
    private var bytes: [UInt8] = []
    /// How far waiting has come.
    private var seen = 0

    /// - Parameter size: of the terminal, in rows and columns.
    init(
      _ command: [String], environment: [String: String], size: (rows: Int, columns: Int) = (24, 80)
    ) throws {
      master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
      var (number, locked): (UInt32, Int32) = (0, 0)
      // TIOCSPTLCK and TIOCGPTN, which Swift's modules of C do not have.
      try #require(ioctl(master, 0x4004_5431, &locked) == 0)
      try #require(ioctl(master, 0x8004_5430, &number) == 0)
      let name = "/dev/pts/\(number)"
      var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
      posix_spawn_file_actions_init(&actions)
      posix_spawnattr_init(&attributes)
      defer {
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
      }
      // The first terminal that the leader of a session opens becomes the session's.
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, name, O_RDWR, 0)
      for stream in [STDOUT_FILENO, STDERR_FILENO] {
        posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, stream)
      }
      var (none, all) = (sigset_t(), sigset_t())
      sigemptyset(&none)
      sigfillset(&all)
      posix_spawnattr_setsigmask(&attributes, &none)
      posix_spawnattr_setsigdefault(&attributes, &all)
      // POSIX_SPAWN_SETSID, which glibc's header shows to GNU programs alone.
      posix_spawnattr_setflags(
        &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF) | 0x80)
      let variables = environment.map { strdup("\($0.key)=\($0.value)") }
      let words = command.map { strdup($0) }
      defer { for text in variables + words { free(text) } }
      var id: pid_t = 0
      let code = posix_spawn(
        &id, command[0], &actions, &attributes, words + [nil], variables + [nil])
      try #require(code == 0, "\(command[0]): \(String(cString: strerror(code)))")
      self.id = id
      resize(rows: size.rows, columns: size.columns)
    }

    deinit {
      if ending == nil {
        kill(id, SIGKILL)
        waitpid(id, nil, 0)
      }
      close(master)
    }

    func resize(rows: Int, columns: Int) {
      var size = winsize()
      (size.ws_row, size.ws_col) = (UInt16(rows), UInt16(columns))
      _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    func type(_ text: String) {
      let bytes = Array(text.utf8)
      #expect(write(master, bytes, bytes.count) == bytes.count)
    }

    /// Whether what is typed is shown.
    var echoes: Bool {
      var settings = termios()
      return tcgetattr(master, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) != 0
    }

    func signal(_ number: Int32) { kill(id, number) }

    /// All that came so far, with what moves the cursor.
    var shown: String { String(decoding: bytes, as: UTF8.self) }

    /// Waits until `text` comes, behind what was waited for before.
    func wait(
      for text: String, seconds: Int = 30, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      if comes(text, within: seconds) { return }
      Issue.record("no \(text) within \(seconds) s: \(shown)", sourceLocation: sourceLocation)
      throw CancellationError()
    }

    /// Whether `text` comes in that time, behind what was waited for before.
    func comes(_ text: String, within seconds: Int) -> Bool {
      for _ in 0..<(seconds * 20) {
        if let range = bytes[seen...].firstRange(of: Array(text.utf8)) {
          seen = range.upperBound
          return true
        }
        read(milliseconds: 50)
      }
      return false
    }

    /// Its exit code; the number of the signal that ended it, below 0.
    func exitCode(
      seconds: Int = 30, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Int32 {
      for _ in 0..<(seconds * 20) where ending == nil {
        read(milliseconds: 50)
        var status: Int32 = 0
        guard waitpid(id, &status, WNOHANG) == id else { continue }
        ending = status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
        while read(milliseconds: 0) {}
      }
      return try #require(
        ending, "no end within \(seconds) s: \(shown)", sourceLocation: sourceLocation)
    }

    /// Takes what is there, or comes within so much time; returns whether there was something.
    @discardableResult
    private func read(milliseconds: Int32) -> Bool {
      var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      guard poll(&ready, 1, milliseconds) > 0 else { return false }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = Foundation.read(master, &buffer, buffer.count)
      // An error says that nobody has it open any more.
      if count <= 0 { usleep(UInt32(milliseconds) * 1_000) }
      bytes += buffer.prefix(max(0, count))
      return count > 0
    }
  }

  extension Laptop {
    /// A command at a terminal.
    func atTerminal(
      _ arguments: String..., size: (rows: Int, columns: Int) = (24, 80),
      with variables: [String: String] = [:]
    ) throws -> PseudoTerminal {
      try terminal(arguments, size: size, with: variables)
    }

    func terminal(
      _ arguments: [String], size: (rows: Int, columns: Int) = (24, 80),
      with variables: [String: String] = [:]
    ) throws -> PseudoTerminal {
      let process = process(arguments)
      let command = [process.executableURL?.path ?? ""] + (process.arguments ?? [])
      return try PseudoTerminal(
        command,
        environment: environment.merging(["TERM": "xterm"]) { $1 }.merging(variables) { $1 },
        size: size)
    }
  }
#endif
