import Files
import Replication
import Sealing

// Text that a person hands over in a file or through a pipe.
extension Library {
  /// The greatest length of a note, in bytes.
  public static let noteBytes = Limits.valueBytes

  /// The UTF-8 text in a file, or in standard input where `file` is nil.
  ///
  /// Throws `fileNotRead`, past `limit` bytes too, and `invalid` for what is no text.
  public static func text(in file: FilePath?, limit: Int) throws(LibraryError) -> String {
    let bytes: [UInt8]
    do throws(FileError) {
      let input = if let file { try InputFile(file, .piped) } else { try InputFile.standardInput() }
      bytes = try input.readAll(limit: limit)
    } catch {
      throw .fileNotRead(error)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .invalid("\(file?.shown ?? "standard input") is no UTF-8 text")
    }
    return text
  }

  /// The invitation in a file; nil where nothing lies there.
  ///
  /// Throws what ``text(in:limit:)`` does.
  public static func invitation(in file: FilePath) throws(LibraryError) -> String? {
    guard file.exists else { return nil }
    return try text(in: file, limit: Invitation.textLimit)
  }

  /// Writes the invitation to a new file that only its owner may read. Throws `fileNotWritten`.
  public func writeInvitation(to file: FilePath) async throws(LibraryError) {
    let text = try await invitation()
    do {
      try OutputFile.write(Array("\(text)\n".utf8), to: file, .owner, .new, clearing: true)
    } catch {
      throw .fileNotWritten(error)
    }
  }
}
