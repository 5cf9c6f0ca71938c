import Files
import Formats

/// What was seen of a watched folder's files, look by look: a few bytes for each.
struct WatchedFiles: Sendable {
  private var files: [Int: File] = [:]

  private struct File {
    /// Its length, time and number, hashed.
    var look: Int
    /// The look with which it was taken; nil if it was not.
    var taken: Int?
    /// In how many looks it has been missing.
    var missing = 0
  }

  /// How many looks a file has to be missing in to be gone.
  private static let missingLooks = 2

  /// What a look came to.
  struct Sight: Sendable {
    /// Those that are as they were in the look before.
    var still: [PagePath] = []
    /// Those among them that are to be taken.
    var fresh: [PagePath] = []
    /// Whether some are gone that were taken.
    var hasLost = false
  }

  /// How many there are, as far as is known.
  var count: Int { files.count }

  /// Looks at all that is there now.
  mutating func look(_ paths: [PagePath], _ status: (PagePath) -> FileStatus?) -> Sight {
    var sight = Sight()
    var present: Set<Int> = []
    for path in paths {
      guard let status = status(path) else { continue }
      let (key, look) = (path.shown.hashValue, WatchedFiles.hash(status))
      present.insert(key)
      let former = files[key]
      files[key] = File(look: look, taken: former?.taken)
      guard former?.look == look else { continue }
      sight.still.append(path)
      if former?.taken != look { sight.fresh.append(path) }
    }
    for (key, file) in files where !present.contains(key) {
      guard file.missing + 1 >= WatchedFiles.missingLooks else {
        files[key]?.missing += 1
        continue
      }
      files[key] = nil
      if file.taken != nil { sight.hasLost = true }
    }
    return sight
  }

  /// Notes that files were taken as they were seen last.
  mutating func take(_ paths: [PagePath]) {
    for path in paths {
      let key = path.shown.hashValue
      let look = files[key]?.look
      files[key]?.taken = look
    }
  }

  /// Whether a file is there, or was missing in one look only.
  func contains(_ page: String) -> Bool { files[page.hashValue] != nil }

  private static func hash(_ status: FileStatus) -> Int {
    var hasher = Hasher()
    hasher.combine(status.length)
    hasher.combine(status.modified)
    hasher.combine(status.number)
    return hasher.finalize()
  }
}
