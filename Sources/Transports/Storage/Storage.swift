import Files

/// A place that keeps whole files under names: a folder, a stick, an object store.
///
/// It asks for little, so that any medium can be one: no locks, no times, no renaming of what lies
/// there, no changing it. Names are relative paths of lower-case ASCII letters, digits, `-`, `/` and
/// `.`, and each is written by one replica alone; several replicas write in one folder.
/// `StorageConformance` in the tests holds every storage to what is said here.
package protocol Storage: Sendable {
  /// The files in `folder` and in the folders directly in it, with their lengths and in no particular
  /// order; none where the folder is not there. What is no regular file is passed over, and links
  /// are not followed.
  ///
  /// - Parameter isEntered: which of the folders in `folder` matter. A storage that lists all at once
  ///   may list the others, too.
  func list(
    _ folder: FilePath, entering isEntered: @Sendable (FilePath.Component) -> Bool
  ) async throws(FileError) -> [StoredFile]

  /// Makes these files readable, all at once: a distant storage fetches them in one go, and keeps
  /// them here until what is returned is let go.
  ///
  /// One for each name, in the order of the names. A file that is not there throws only when it is
  /// opened. There are no ranges: a bundle is read to its end or, once it is known, not at all.
  func read(_ names: [FilePath]) async throws(FileError) -> [any ReadableFile]

  /// Has `folder` ready for one of its writers, and takes away what an interrupted run of that
  /// writer left. What other writers left stays: they may be writing it now.
  ///
  /// - Parameter writer: text that no other writer has and that may stand in a name.
  func prepare(_ folder: FilePath, for writer: String) async throws(FileError)

  /// Begins a file in `folder`. Its name is given at its end, since it may depend on the bytes.
  ///
  /// - Parameter writer: as in ``prepare(_:for:)``, which finds by it what is never finished.
  func create(in folder: FilePath, for writer: String) throws(FileError) -> any NewFile

  /// Returns once every file that was committed lies there for good and can be listed.
  func flush() async throws(FileError)

  /// Takes files away; one that is not there is no error. Throws where the storage refuses, as one
  /// does that may only be added to.
  func delete(_ names: [FilePath]) async throws(FileError)

  /// The file's path as people are shown it and as it is remembered, unlike that of any file in
  /// another storage.
  func path(of name: FilePath) -> FilePath

  /// Whether files are read from here and not fetched from elsewhere, so that reading them once more
  /// costs little.
  var isNear: Bool { get }
}

/// A file that a storage listed.
package struct StoredFile: Sendable, Hashable {
  /// Within the storage.
  package let name: FilePath
  /// In bytes.
  package let length: Int

  package init(name: FilePath, length: Int) {
    self.name = name
    self.length = length
  }
}

/// A file that can be read from front to back, as often as it is opened.
package protocol ReadableFile: Sendable {
  func open() throws(FileError) -> any FileReader
}

/// One reading of a file.
package protocol FileReader: AnyObject {
  /// The file's length in bytes when it was opened.
  var length: Int { get }

  /// The next bytes, at most `count` of them; empty at the end.
  func read(upTo count: Int) throws(FileError) -> [UInt8]
}

/// A file that is being written, and that appears whole or not at all. Dropped without `commit`, it
/// leaves nothing.
package protocol NewFile: AnyObject {
  /// Bytes written so far.
  var length: Int { get }

  func write(_ bytes: [UInt8]) throws(FileError)

  /// Puts the file under a name in the folder it was begun in. Throws `taken` where a file lies there
  /// already, which stays as it is.
  func commit(as name: FilePath) throws(FileError)
}
