import Articles
import Files
import Formats

/// Reads a page from text, with the images that lie around it.
func importPage(
  _ text: String, at path: String = "notes/page.md", as reader: PageReader = .markdown,
  images: [String: [UInt8]] = [:]
) throws -> ArticleDraft {
  try reader.draft(
    of: Array(text.utf8), at: PagePath(FilePath(path)), images: { images[$0.string] })
}

/// Why a page is skipped; nil if it is not.
func skipReason(
  _ bytes: [UInt8], at path: String = "page.md", as reader: PageReader = .markdown
) -> SkipReason? {
  do throws(SkipReason) {
    _ = try reader.draft(
      of: bytes, at: PagePath(FilePath(path)), images: { _ in nil })
    return nil
  } catch {
    return error
  }
}

extension ArticleDraft {
  var text: String { String(decoding: body, as: UTF8.self) }
}
