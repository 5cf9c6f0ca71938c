import Satchel
import Testing

@testable import WebReader

/// A browser that was let in, without a socket: it asks for addresses below the prefix and sees what
/// screens and actions answer.
///
/// ```swift
/// let visit = TestVisit(try await Library.inMemory())
/// let page = await visit.get("article/\(id)?q=is:unread")
/// let done = await visit.post("article/\(id)/mark", ["mark": "read"])
/// ```
struct TestVisit {
  let library: Library
  var reader: ReaderState
  var words = Words(language: .english)
  var preferences = Preferences()
  var isReadOnly = false

  static let token = "token"

  init(_ library: Library) {
    self.library = library
    // What is uploaded lies where the library goes with its last copy.
    let uploads = UploadDesk(folder: library.folder.appending("uploads"))
    reader = ReaderState(prefix: "prefix", uploads: uploads)
  }

  /// What was answered.
  struct Answer: Sendable {
    let response: WebResponse
    var status: Int { response.status }
    /// Where a 303 leads to.
    var location: String? { header("Location") }
    /// The whole body as text; empty for one that is no bytes.
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var bytes: [UInt8] { if case .bytes(let bytes) = response.body { bytes } else { [] } }

    func header(_ name: String) -> String? { response.headers.first { $0.name == name }?.value }
  }

  /// - Parameter address: below the prefix, or whole as pages and 303s spell it.
  func get(_ address: String) async -> Answer { await answer(.get, address, []) }

  /// Sends a form with its token.
  func post(_ address: String, _ fields: KeyValuePairs<String, String> = [:]) async -> Answer {
    await answer(
      .post, address, [("token", TestVisit.token)] + fields.map { ($0.key, $0.value) })
  }

  /// What a screen or an action is made with.
  func visit(
    _ method: WebRequest.Method, _ address: String,
    form: [(name: String, value: String)] = []
  ) -> Visit {
    let parts = below(address).split(
      separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let query = PercentText.fields(of: parts.dropFirst().first ?? "") ?? []
    return Visit(
      library: library, reader: reader,
      request: WebRequest(
        method: method, path: parts[0].split(separator: "/").map { PercentText.decoded($0) ?? "" },
        query: Fields(query), form: Fields(form)),
      words: words, preferences: preferences, session: "session", token: TestVisit.token,
      isReadOnly: isReadOnly)
  }

  private func answer(
    _ method: WebRequest.Method, _ address: String, _ form: [(name: String, value: String)]
  ) async -> Answer {
    Answer(response: await Routes.answer(visit(method, address, form: form)))
  }

  private func below(_ address: String) -> Substring {
    let prefix = reader.address([], [])
    return address.hasPrefix(prefix) ? address.dropFirst(prefix.count) : address[...]
  }
}

@Suite struct TestVisitTests {
  @Test func `addresses are taken apart as the server takes them apart`() async throws {
    let visit = TestVisit(try await Library.inMemory())
    let request = visit.visit(.post, "/prefix/article/a%2Fb/mark?q=is%3Aunread+x", form: []).request
    #expect(request.path == ["article", "a/b", "mark"] && request.query["q"] == "is:unread x")
    #expect(visit.visit(.get, "").request.path.isEmpty)
    #expect(await visit.get("no/such/place").status == 404)
  }
}
