/// Which ways a synchronization goes.
public enum SyncDirection: Sendable {
  case both, push, pull
  /// Neither: the two only learn what each lacks.
  case compare

  var gives: Bool { self == .both || self == .push }
  var takes: Bool { self == .both || self == .pull }
}
