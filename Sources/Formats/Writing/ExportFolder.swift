import Coding
import Files
import Replication

/// A folder that exports bring up to date: what they wrote before and what lies there of others are
/// told apart by a list of their files with hashes.
///
/// A file that is there with the same bytes is left alone. One that an export wrote is replaced, or
/// taken away where it is not written again; one that somebody else wrote or changed is neither.
struct ExportFolder {
  private(set) var tally = ExportTally()
  private(set) var leftOut: [ExportOmission] = []
  private let folder: FilePath
  private let format: String
  private let earlier: [String: ContentHash]
  private var written: [String: ContentHash] = [:]
  /// Folders in which nothing lies that a process left which was killed.
  private var cleared: Set<FilePath> = []

  /// Makes the folder if it is not there. Throws `taken` for one that another format was exported to.
  init(at folder: FilePath, format: String) throws(FileError) {
    (self.folder, self.format) = (folder, format)
    try Folder.make(folder)
    OutputFile.clearAbandoned(in: folder, by: "satchel")
    cleared = [folder]
    earlier = try ExportList.read(in: folder, format: format)
  }

  /// Writes a file, and the folders above it. What is somebody else's is left out.
  ///
  /// - Parameter article: what the file belongs to, as people are told of it; nil for its path.
  mutating func write(
    _ bytes: [UInt8], to path: FilePath, of article: String? = nil
  ) throws(FileError) {
    let (place, name, hash) = (folder.pushing(path), path.text, ContentHash(of: bytes))
    if place.exists {
      let old = try? InputFile.contents(of: place, .found, limit: ExportFolder.longest)
      if old == bytes {
        tally.unchanged += 1
        written[name] = hash
        return
      }
      guard let old, let known = earlier[name], ContentHash(of: old) == known else {
        // It is still one of ours, and stays in the list.
        written[name] = earlier[name]
        let reason = "something else lies there, or it was changed since it was written"
        leftOut.append(
          ExportOmission(
            of: article ?? path.shown,
            because: article == nil ? reason : "\(path.shown): \(reason)"))
        return
      }
    } else {
      try Folder.make(place.folder)
    }
    if cleared.insert(place.folder).inserted {
      OutputFile.clearAbandoned(in: place.folder, by: "satchel")
    }
    try OutputFile.write(bytes, to: place, .umask, .replacing)
    tally.files += 1
    tally.bytes += bytes.count
    written[name] = hash
  }

  /// Takes away what earlier exports wrote and this one did not, and writes the list.
  mutating func finish() throws(FileError) {
    for (name, hash) in earlier.sorted(by: { $0.key < $1.key }) where written[name] == nil {
      try remove(FilePath(text: name), hash)
    }
    try ExportList.write(written, in: folder, format: format)
  }

  /// Writes the list of all that lies there, since nothing is taken away.
  func giveUp() {
    let all = earlier.merging(written) { $1 }
    // Whoever could not write the list is told of what ended the export.
    try? ExportList.write(all, in: folder, format: format)
  }

  /// A longer file is none of ours.
  private static let longest = 64 << 20
}

extension ExportFolder {
  private mutating func remove(_ path: FilePath, _ hash: ContentHash) throws(FileError) {
    let place = folder.pushing(path)
    guard place.exists else { return }
    let bytes = try? InputFile.contents(of: place, .found, limit: ExportFolder.longest)
    guard let bytes, ContentHash(of: bytes) == hash else {
      let reason = "its article is not exported any more, but it was changed and stays"
      leftOut.append(ExportOmission(of: path.shown, because: reason))
      return
    }
    try place.remove()
    tally.removed += 1
    var parent = path.removingLastComponent()
    while !parent.isEmpty, folder.pushing(parent).removeEmptyFolder() {
      parent.removeLastComponent()
    }
  }
}
