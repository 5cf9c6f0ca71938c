import Foundation

#if canImport(Darwin)
  private typealias Actions = posix_spawn_file_actions_t?
  private typealias Attributes = posix_spawnattr_t?
#else
  private typealias Actions = posix_spawn_file_actions_t
  private typealias Attributes = posix_spawnattr_t
#endif

/// `posix_spawn` with what every child of ours gets.
enum Spawn {
  static func start(
    _ program: String, _ arguments: [String], input: Int32?, output: Int32?
  ) -> Result<pid_t, ChildProcessError> {
    let words = ([program] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    var id: pid_t = 0
    let code = withActions(input: input, output: output) { actions in
      withAttributes { attributes in
        posix_spawnp(&id, program, &actions, &attributes, words + [nil], environ)
      }
    }
    return code == 0 ? .success(id) : .failure(ChildProcessError(code: code))
  }

  /// The three descriptors. All others of this process close by themselves: whoever opens one says
  /// so (`O_CLOEXEC`).
  private static func withActions(
    input: Int32?, output: Int32?, _ body: (inout Actions) -> Int32
  ) -> Int32 {
    #if canImport(Darwin)
      var actions: Actions = nil
    #else
      var actions = Actions()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (own, its) in [
      (input ?? STDIN_FILENO, STDIN_FILENO), (output ?? STDOUT_FILENO, STDOUT_FILENO),
      (STDERR_FILENO, STDERR_FILENO),
    ] {
      posix_spawn_file_actions_adddup2(&actions, own, its)
    }
    return body(&actions)
  }

  /// Signals as at a login: this process's threads block all of them, and pipes that close are
  /// errors to it. Only a hangup that this process was started to outlive, the child outlives too.
  private static func withAttributes(_ body: (inout Attributes) -> Int32) -> Int32 {
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
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    return body(&attributes)
  }
}
