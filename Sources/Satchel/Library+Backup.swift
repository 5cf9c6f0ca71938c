import Files
import LibraryStore
import Sealing

/// What ``Library/backUp(to:withSecret:)`` wrote.
public struct BackupSummary: Sendable, Hashable {
  public let path: FilePath
  public let bytes: Int
  public let content: BackupContent
}

extension Library {
  /// Writes a new file that holds all of the library, and nothing of which replica this is, readable
  /// for its owner alone; others may go on writing meanwhile. It is read back before it gets its name.
  ///
  /// ``restore(backup:invitation:at:name:options:)`` makes a replica of it. Throws `fileNotWritten`
  /// where something lies there already.
  ///
  /// - Parameters:
  ///   - file: where it is written.
  ///   - withSecret: whether whoever has the file has the library. Without it an invitation is needed
  ///     to make a replica of it, but all articles can be read all the same.
  public func backUp(
    to file: FilePath, withSecret: Bool = false
  ) async throws(LibraryError) -> BackupSummary {
    guard !file.exists else { throw .fileNotWritten(FileError(file, .taken)) }
    let invitation = withSecret ? try await self.invitation() : nil
    let output: OutputFile
    do {
      output = try OutputFile(file, .owner, clearing: true)
    } catch {
      throw .fileNotWritten(error)
    }
    let content: BackupContent
    do {
      content = try await store.backUp(into: output, invitation: invitation, now: now())
    } catch .cannotWrite(let reason) {
      throw .folderUnwritable(path: file.folder.shown, reason: reason)
    } catch {
      throw .store(error)
    }
    do {
      try output.commit()
      let bytes = try FileStatus(of: file, followingLinks: true).length
      return BackupSummary(path: file, bytes: Int(bytes), content: content)
    } catch {
      throw .fileNotWritten(error)
    }
  }

  /// Throws what ``backUp(to:withSecret:)`` would find wrong at the place, and writes nothing.
  public func planBackup(to file: FilePath) throws(LibraryError) {
    guard !file.exists else { throw .fileNotWritten(FileError(file, .taken)) }
    guard file.folder.isFolder else { throw .fileNotWritten(FileError(file, .noFolder)) }
  }
}
