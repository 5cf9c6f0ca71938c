import CZip

/// A file of an archive that is being read.
package final class ArchivedFileReader {
  private let file: OpaquePointer
  private let about: ArchivedFile
  /// The file is of no use without it.
  private let archive: ZipArchive
  private var taken = 0

  init(_ file: OpaquePointer, _ about: ArchivedFile, in archive: ZipArchive) {
    (self.file, self.about, self.archive) = (file, about, archive)
  }

  deinit { zip_fclose(file) }

  /// How many bytes there are.
  package var length: Int { about.length }

  /// The next bytes, at most `count` of them; empty at the end. Throws where there are more than the
  /// archive says, or their checksum differs.
  package func read(upTo count: Int = 1 << 16) throws(ArchiveError) -> [UInt8] {
    var result: Int64 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      result = zip_fread(file, buffer.baseAddress, UInt64(count))
      initialized = Int(max(0, result))
    }
    guard result >= 0 else {
      throw .damaged(name: about.name, reason: String(cString: zip_file_strerror(file)))
    }
    taken += bytes.count
    guard taken <= about.length else {
      throw .damaged(name: about.name, reason: "it is longer than the archive says")
    }
    guard !bytes.isEmpty || taken == about.length else {
      throw .damaged(name: about.name, reason: "it is shorter than the archive says")
    }
    return bytes
  }
}
