import CZip
import Files

/// A zip archive whose files are read, in any order, each from front to back.
///
/// Nothing is ever written to a disk, and a name is a name and no path. Archives in it are files like
/// others.
package final class ZipArchive {
  /// The files, folders left out, in the archive's order. One name may stand there several times.
  package let files: [ArchivedFile]
  /// Names that would lead out of the archive's folder. They are not among the files.
  package let refused: [String]
  private let archive: OpaquePointer

  /// Throws for what is no archive and for one that is beyond the limits, before anything is inflated.
  package init(
    _ file: InputFile, limits: ArchiveLimits = ArchiveLimits()
  ) throws(ArchiveError) {
    let handle: Int32
    do throws(FileError) {
      handle = try file.duplicatedHandle()
    } catch {
      throw .file(error)
    }
    do throws(ArchiveError) {
      try ZipArchive.check(handle, length: file.length, limits)
    } catch {
      InputFile.close(handle)
      throw error
    }
    var code: Int32 = 0
    guard let archive = zip_fdopen(handle, 0, &code) else {
      InputFile.close(handle)
      throw .notAnArchive(reason: ZipArchive.words(for: code))
    }
    do throws(ArchiveError) {
      (files, refused) = try ZipArchive.listing(of: archive, limits)
    } catch {
      zip_discard(archive)
      throw error
    }
    self.archive = archive
  }

  deinit { zip_discard(archive) }

  /// Opens one of ``files``.
  package func open(_ file: ArchivedFile) throws(ArchiveError) -> ArchivedFileReader {
    guard let opened = zip_fopen_index(archive, file.number, 0) else {
      throw .damaged(name: file.name, reason: String(cString: zip_strerror(archive)))
    }
    return ArchivedFileReader(opened, file, in: self)
  }
}

extension ZipArchive {
  private static func check(
    _ handle: Int32, length: Int, _ limits: ArchiveLimits
  ) throws(ArchiveError) {
    guard let directory = ZipDirectory(handle, length: length) else {
      throw .notAnArchive(reason: "it has no directory at its end")
    }
    guard directory.files <= UInt64(limits.files), directory.bytes <= UInt64(limits.directoryBytes)
    else { throw .tooManyFiles(limit: limits.files) }
  }

  private static func listing(
    of archive: OpaquePointer, _ limits: ArchiveLimits
  ) throws(ArchiveError) -> (files: [ArchivedFile], refused: [String]) {
    let count = zip_get_num_entries(archive, 0)
    guard count <= limits.files else { throw .tooManyFiles(limit: limits.files) }
    var files: [ArchivedFile] = []
    var refused: [String] = []
    var total: UInt64 = 0
    for number in 0..<UInt64(max(0, count)) {
      var status = zip_stat_t()
      guard zip_stat_index(archive, number, 0, &status) == 0, let text = status.name else {
        throw .notAnArchive(reason: String(cString: zip_strerror(archive)))
      }
      let name = String(cString: text)
      guard !name.hasSuffix("/") else { continue }
      let (sum, isOver) = total.addingReportingOverflow(status.size)
      guard !isOver, sum <= UInt64(limits.bytes) else { throw .tooLarge(limit: limits.bytes) }
      total = sum
      let isLarge = status.size > UInt64(limits.smallBytes)
      if isLarge, (status.size - 1) / UInt64(limits.ratio) >= status.comp_size {
        throw .inflated(name: name, limit: limits.ratio)
      }
      guard status.encryption_method == 0 else { throw .encrypted(name: name) }
      if ArchivedFile.staysInside(name) {
        files.append(ArchivedFile(number: number, name: name, length: Int(status.size)))
      } else {
        refused.append(name)
      }
    }
    return (files, refused)
  }

  static func words(for code: Int32) -> String {
    var error = zip_error_t()
    zip_error_init_with_code(&error, code)
    defer { zip_error_fini(&error) }
    return String(cString: zip_error_strerror(&error))
  }
}
