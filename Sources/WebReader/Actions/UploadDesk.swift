import Files
import Satchel

/// Files that were uploaded and wait for their reader to confirm them (Protocol 11.8).
///
/// They lie in a private folder, and each goes with the last that holds it: this desk, or the
/// action that took it.
actor UploadDesk {
  private let folder: FilePath
  private let limits: Limits
  private let now: @Sendable () -> ContinuousClock.Instant
  private var held: [Held] = []

  /// How much waits, and for how long.
  struct Limits: Sendable {
    var count = 8
    var bytes = 256 << 20
    var patience = Duration.seconds(30 * 60)
  }

  /// What one form brought, oldest first.
  private struct Held {
    let id: String
    let session: String
    let uploads: [WebRequest.Upload]
    let end: ContinuousClock.Instant

    var bytes: Int { uploads.reduce(0) { $0 + $1.bytes } }
  }

  /// - Parameter folder: where files are to lie; it is made when the first comes.
  init(
    folder: FilePath, limits: Limits = Limits(),
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    (self.folder, self.limits, self.now) = (folder, limits, now)
  }

  /// Keeps what a form brought; returns the random name by which it is taken.
  ///
  /// Where too much waits, what waits longest has to go. Throws `invalid` where it alone is too
  /// much.
  func hold(
    _ uploads: [WebRequest.Upload], of session: String
  ) throws(LibraryError) -> String {
    dropExpired()
    let new = Held(
      id: RandomName.text(bits: 160), session: session, uploads: uploads,
      end: now() + limits.patience)
    guard new.bytes <= limits.bytes else { throw .invalid("these files are too large together") }
    held.append(new)
    while held.count > limits.count || held.reduce(0, { $0 + $1.bytes }) > limits.bytes {
      held.removeFirst()
    }
    return new.id
  }

  /// Hands over what was held, once, and only to the session that brought it; nil where it is gone.
  ///
  /// The files lie there for as long as the caller holds the uploads.
  func take(_ id: String, of session: String) -> [WebRequest.Upload]? {
    dropExpired()
    guard let index = held.firstIndex(where: { $0.id == id && $0.session == session })
    else { return nil }
    return held.remove(at: index).uploads
  }

  /// Lets go of what has waited too long.
  func dropExpired() { held.removeAll { $0.end <= now() } }

  /// Where files are written that are uploaded.
  func folderForFiles() throws(FileError) -> FilePath {
    if !folder.exists { try Folder.make(folder, .owner) }
    return folder
  }

  /// Makes a file that something uploaded is written to.
  func newFile() throws(FileError) -> UploadedFile { try UploadedFile(in: folderForFiles()) }

  /// Takes away what a process left that was killed.
  func clearAbandoned() {
    OutputFile.clearAbandoned(in: folder, by: UploadedFile.writer)
    NamedUploads.clearAbandoned(in: folder)
  }
}
