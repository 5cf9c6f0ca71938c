import Satchel

/// A picture that the library holds: a body whose first bytes are those of a picture, and no other. What
/// it is told as is what its bytes say, never what a page said of it.
struct PictureScreen {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    guard let hash = ContentHash(visit.request.path[1]),
      let bytes = try await visit.library.body(hash), let kind = PictureKind(of: bytes)
    else { return ProblemScreen(visit: visit).nothingHere() }
    return .file(bytes, type: "image/\(kind.rawValue)")
  }
}
