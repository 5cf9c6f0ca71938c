import Satchel

/// A picture that the library holds: a body whose first bytes are those of a picture, and no other.
/// What it is told as is what its bytes say, never what a page said of it.
struct PictureScreen {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    guard let hash = ContentHash(visit.request.path[1]),
      let kind = try await visit.library.pictureKind(of: hash),
      let length = try await visit.library.length(of: hash)
    else { return ProblemScreen(visit: visit).nothingHere() }
    var answer = WebResponse.file([], type: "image/\(kind.rawValue)")
    if visit.request.isHeadOnly {
      answer.body = .unread(bytes: length)
      return answer
    }
    let bytes = try await visit.reader.longTexts.read(bytes: length) {
      [visit] () throws(LibraryError) in try await visit.library.body(hash)
    }
    // It may have gone meanwhile.
    guard let bytes else { return ProblemScreen(visit: visit).nothingHere() }
    answer.body = .bytes(bytes)
    return answer
  }
}
