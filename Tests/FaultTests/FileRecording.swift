import Files
import SystemCalls

/// One thing that was done to a file below a recorded folder. Paths are below that folder; files have
/// numbers, since their names change.
enum FileEvent: Sendable {
  /// A file that was there before got its number.
  case found(Int, String)
  case created(Int, String)
  case wrote(Int, at: Int, [UInt8])
  case truncated(Int, to: Int)
  case flushed(Int)
  case flushedFolder(String)
  case renamed(String, to: String)
  case linked(String, to: String)
  case removed(String)
  case madeFolder(String)
  case removedFolder(String)
  /// A note of the test's own.
  case marked(Int)

  /// Whether the medium may be another afterwards.
  var isOfMedium: Bool {
    switch self {
    case .found, .marked: false
    default: true
    }
  }
}

/// Records what this process does to the files below a folder, whoever does it, and has it fail.
final class FileRecording: Sendable {
  // What records has a lock of its own.
  private nonisolated(unsafe) let handle: OpaquePointer

  /// Whether calls can be seen here: the system lets this program's functions take the place of its own.
  static let isPossible = calls_are_seen()

  struct TooMany: Error {}

  /// - Parameter folder: a path from the root without links.
  init(_ folder: FilePath) throws {
    guard let handle = calls_record(folder.string) else { throw TooMany() }
    self.handle = handle
  }

  deinit { calls_free(handle) }

  func mark(_ number: Int) { calls_mark(handle, Int64(number)) }

  /// Has the call at `first` fail, of those that `fault` speaks of.
  func fail(_ fault: SystemFault, first: Int) {
    calls_fail(handle, Int32(fault.calls), Int64(first), fault.code, fault.isForGood)
  }

  /// Has nothing fail any more; returns how many calls there were that could have.
  @discardableResult
  func heal() -> Int { Int(calls_heal(handle)) }

  /// Ends the recording; returns what happened.
  func stop() -> [FileEvent] {
    calls_stop(handle)
    return (0..<calls_count(handle)).compactMap { FileEvent(calls_event(handle, $0)) }
  }
}

extension FileEvent {
  fileprivate init?(_ event: call_event) {
    let (file, position) = (Int(event.file), Int(event.position))
    let path = event.path.map { String(cString: $0) } ?? ""
    let target = event.target.map { String(cString: $0) } ?? ""
    switch Int(event.kind) {
    case Int(CALL_OPEN): self = .found(file, path)
    case Int(CALL_CREATE): self = .created(file, path)
    case Int(CALL_WRITE):
      let bytes = UnsafeBufferPointer(start: event.bytes, count: Int(event.count))
      self = .wrote(file, at: position, Array(bytes))
    case Int(CALL_TRUNCATE): self = .truncated(file, to: position)
    case Int(CALL_FLUSH): self = .flushed(file)
    case Int(CALL_FLUSH_FOLDER): self = .flushedFolder(path)
    case Int(CALL_RENAME): self = .renamed(path, to: target)
    case Int(CALL_LINK): self = .linked(path, to: target)
    case Int(CALL_REMOVE): self = .removed(path)
    case Int(CALL_MAKE_FOLDER): self = .madeFolder(path)
    case Int(CALL_REMOVE_FOLDER): self = .removedFolder(path)
    case Int(CALL_MARK): self = .marked(position)
    default: return nil
    }
  }
}
