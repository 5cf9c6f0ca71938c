import Foundation

/// Signals as this process gets them.
package enum Signals {
  /// Whether this process ignores a signal, as `nohup` has it ignore a hangup.
  package static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Keeps signals from this thread, and from all that it and they begin. To be called before there
  /// are others.
  package static func hold(_ numbers: [Int32]) {
    // One that is ignored would never be taken.
    for number in numbers { signal(number, SIG_DFL) }
    var set = Signals.set(of: numbers)
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Waits for one of those that are held.
  package static func take(_ numbers: [Int32]) -> Int32 {
    var set = Signals.set(of: numbers)
    while true {
      var number: Int32 = 0
      if sigwait(&set, &number) == 0 { return number }
    }
  }

  private static func set(of numbers: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for number in numbers { sigaddset(&set, number) }
    return set
  }
}
