import Files
import Formats
import Processes

/// Reads the blobs of a repository one by one.
struct GitBlobs: Sendable {
  private let program: AnsweringProgram

  init(_ program: AnsweringProgram) {
    self.program = program
  }

  /// The bytes of a blob, of which there may be `PageFolder.fileSizeLimit`.
  func contents(of name: String) throws(SkipReason) -> [UInt8] {
    let limit = PageFolder.fileSizeLimit
    let answer: Result<[UInt8], SkipReason>
    do throws(AnsweringProgram.Failure) {
      answer = try program.answer(to: name) { (reader) throws(AnsweringProgram.Failure) in
        // NAME blob LENGTH, or NAME missing.
        let words = try reader.line().split(separator: 0x20)
        guard words.count == 3, let length = Int(String(decoding: words[2], as: UTF8.self)) else {
          return .failure(.unreadable(reason: "its blob is not in this repository"))
        }
        guard length <= limit else {
          try reader.skip(length + 1)
          return .failure(.tooLarge(limit: limit))
        }
        let bytes = try reader.bytes(length)
        try reader.skip(1)
        return .success(bytes)
      }
    } catch {
      // An older git looks for a partial clone's blobs at its origin, which is closed, and ends.
      throw .unreadable(
        reason: error == .ended
          ? "its blob is not in this repository, or git broke off" : "git gave no answer")
    }
    let bytes = try answer.get()
    if bytes.starts(with: GitBlobs.pointer) {
      throw .unreadable(reason: "it is kept elsewhere by Git LFS; import the folder itself")
    }
    return bytes
  }

  private static let pointer = Array("version https://git-lfs.github.com/spec/v1\n".utf8)
}
