import Foundation

#if canImport(Darwin)
  private typealias Actions = posix_spawn_file_actions_t?
  private typealias Attributes = posix_spawnattr_t?
#else
  private typealias Actions = posix_spawn_file_actions_t
  private typealias Attributes = posix_spawnattr_t
#endif

#if canImport(Darwin)
  private let ownSession = Int16(POSIX_SPAWN_SETSID)
#else
  /// `POSIX_SPAWN_SETSID`, which glibc has for those only who ask for all that is GNU's.
  private let ownSession: Int16 = 0x80
#endif

/// `posix_spawn` with what every child of ours gets.
enum Spawn {
  static func start(
    _ program: String, _ arguments: [String], _ streams: ChildProcess.Streams,
    _ kinship: ChildProcess.Kinship
  ) -> Result<pid_t, ChildProcessError> {
    let words = ([program] + arguments).map { strdup($0) }
    let variables = added(kinship).map { strdup("\($0)=\($1)") }
    defer { for word in words + variables { free(word) } }
    var id: pid_t = 0
    let code = withActions(streams) { actions in
      withAttributes(kinship) { attributes in
        posix_spawnp(
          &id, program, &actions, &attributes, words + [nil],
          environment(of: kinship) + variables + [nil])
      }
    }
    return code == 0 ? .success(id) : .failure(ChildProcessError(code: code))
  }

  /// The variables that the child alone is told.
  private static func added(_ kinship: ChildProcess.Kinship) -> [String: String] {
    if case .apart(_, let variables) = kinship { variables } else { [:] }
  }

  /// This process's variables, less those the child is not told, or told otherwise.
  private static func environment(
    of kinship: ChildProcess.Kinship
  ) -> [UnsafeMutablePointer<CChar>?] {
    var withheld: Set<String> = []
    if case .apart(let without, let others) = kinship { withheld = without.union(others.keys) }
    var variables: [UnsafeMutablePointer<CChar>?] = []
    var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
    while let variable = next?.pointee {
      let name = String(cString: variable).prefix { $0 != "=" }
      if !withheld.contains(String(name)) { variables.append(variable) }
      next = next?.successor()
    }
    return variables
  }

  /// The three descriptors. All others of this process close by themselves: whoever opens one says
  /// so (`O_CLOEXEC`).
  private static func withActions(
    _ streams: ChildProcess.Streams, _ body: (inout Actions) -> Int32
  ) -> Int32 {
    #if canImport(Darwin)
      var actions: Actions = nil
    #else
      var actions = Actions()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (own, its) in [
      (streams.input ?? STDIN_FILENO, STDIN_FILENO),
      (streams.output ?? STDOUT_FILENO, STDOUT_FILENO),
      (streams.messages ?? STDERR_FILENO, STDERR_FILENO),
    ] {
      posix_spawn_file_actions_adddup2(&actions, own, its)
    }
    return body(&actions)
  }

  /// Signals as at a login: this process's threads block all of them, and pipes that close are
  /// errors to it. Only a hangup that this process was started to outlive, the child outlives too.
  private static func withAttributes(
    _ kinship: ChildProcess.Kinship, _ body: (inout Attributes) -> Int32
  ) -> Int32 {
    #if canImport(Darwin)
      var attributes: Attributes = nil
    #else
      var attributes = Attributes()
    #endif
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    if Signals.isIgnored(SIGHUP) { sigdelset(&all, SIGHUP) }
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    var flags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
    if case .apart = kinship { flags |= ownSession }
    posix_spawnattr_setflags(&attributes, flags)
    return body(&attributes)
  }
}
