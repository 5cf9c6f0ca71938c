import Satchel

/// What all connections of a server share, and what answers their requests.
struct WebService: Sendable {
  let library: Library
  let reader: ReaderState
  let door: Door
  let limits: WebLimits
  let activity: Activity
  let events: EventSource

  /// Answers a request; of a form that somebody sent who was let in, it reads the body.
  ///
  /// Throws where the client leaves meanwhile.
  func answer(
    _ head: RequestHead, _ parts: inout PartReader, _ writer: ResponseWriter
  ) async throws -> WebResponse {
    do {
      return try await answerAdmitted(head, &parts, writer)
    } catch let refusal as FormReader.Refusal {
      return OutsidePages.said(status: refusal.status)
    }
  }

  private func answerAdmitted(
    _ head: RequestHead, _ parts: inout PartReader, _ writer: ResponseWriter
  ) async throws -> WebResponse {
    let admission = await door.gatekeeper.admit(head)
    if case .refused(let refusal) = admission { return OutsidePages.refusal(refusal) }
    await activity.note()
    switch admission {
    case .refused(let refusal): return OutsidePages.refusal(refusal)
    case .start(let code, let to):
      return OutsidePages.start(at: reader.address(["start", code], [("to", to)]))
    case .enter(let code, let to, let present):
      return await enter(with: code, to: to, having: present)
    case .control: return await control(try await form(head, &parts, writer))
    case .visit(let session, isPost: false, let path, let query):
      var request = WebRequest(method: .get, path: path, query: query)
      request.isHeadOnly = head.method == "HEAD"
      return await Routes.answer(visit(session, request, head))
    case .visit(let session, isPost: true, let path, let query):
      let form = try await form(head, isUpload: path == ["add"], &parts, writer)
      let token = head.header("satchel-token") ?? form.fields["token"] ?? ""
      guard SecretText.matches(token, session.token) else {
        return OutsidePages.refusal(.foreign)
      }
      let request = WebRequest(
        method: .post, path: path, query: query, form: form.fields, uploads: form.uploads)
      return await Routes.answer(visit(session, request, head))
    }
  }

  private func form(
    _ head: RequestHead, isUpload: Bool = false, _ parts: inout PartReader,
    _ writer: ResponseWriter
  ) async throws -> FormReader.Form {
    try await FormReader(head, limits, reader.uploads).read(isUpload: isUpload, &parts, writer)
  }
}

extension WebService {
  /// A link for another process, which leads to the article that it names.
  private func control(_ form: FormReader.Form) async -> WebResponse {
    let link = await door.link(to: form.fields["article"])
    return WebResponse(
      200, headers: [("Content-Type", "text/plain")], body: .bytes(Array(link.utf8)))
  }

  /// Begins a session in a browser, and leads on.
  private func enter(
    with code: String, to address: String?, having present: BrowserSession?
  ) async -> WebResponse {
    var response = WebResponse.seeOther(address ?? reader.address([], []))
    // Whoever goes back to a link that was used is in already.
    guard
      let session = await door.gatekeeper.doorkeeper.enter(with: code, having: present) ?? present
    else { return OutsidePages.refusal(.stranger) }
    guard session != present else { return response }
    let name = Cookies.sessionName(port: door.port)
    response.headers.append(
      (
        "Set-Cookie",
        "\(name)=\(session.cookie); Path=/\(reader.prefix)/; HttpOnly; SameSite=Strict"
      ))
    return response
  }

  private func visit(_ session: BrowserSession, _ request: WebRequest, _ head: RequestHead) -> Visit
  {
    let cookies = Cookies(head.headers["cookie"])
    return Visit(
      library: library, reader: reader, request: request,
      words: Words(acceptLanguage: head.headers["accept-language"].first),
      preferences: Preferences(cookie: cookies[Preferences.cookieName] ?? ""),
      session: session.name, token: session.token, isReadOnly: session.isReadOnly)
  }
}
