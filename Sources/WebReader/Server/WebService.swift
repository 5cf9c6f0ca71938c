import Satchel

/// What all connections of a server share, and what answers their requests.
struct WebService: Sendable {
  let library: Library
  let reader: ReaderState
  let gatekeeper: Gatekeeper
  let limits: WebLimits
  let activity: Activity
  let events: EventSource

  /// Answers a request; of a form that somebody sent who was let in, it reads the body.
  ///
  /// Throws where the client leaves meanwhile.
  func answer(
    _ head: RequestHead, _ parts: inout PartReader, _ writer: ResponseWriter
  ) async throws -> WebResponse {
    let admission = await gatekeeper.admit(head)
    if case .refused(let refusal) = admission { return OutsidePages.refusal(refusal) }
    await activity.note()
    switch admission {
    case .refused(let refusal): return OutsidePages.refusal(refusal)
    case .start(let code, let to):
      return OutsidePages.start(at: reader.address(["start", code], [("to", to)]))
    case .enter(let code, let to, let present):
      return await enter(with: code, to: to, having: present)
    case .control: return WebResponse(200, body: .bytes(Array(await gatekeeper.newLink().utf8)))
    case .visit(let session, isPost: false, let path, let query):
      let request = WebRequest(method: .get, path: path, query: query)
      return await Routes.answer(visit(session, request, head))
    case .visit(let session, isPost: true, let path, let query):
      var request = WebRequest(method: .post, path: path, query: query)
      do {
        let form = try await FormReader(head, limits, reader.uploads)
          .read(isUpload: path == ["add"], &parts, writer)
        (request.form, request.uploads) = (form.fields, form.uploads)
      } catch let refusal as FormReader.Refusal {
        return OutsidePages.said(status: refusal.status)
      }
      let token = head.header("satchel-token") ?? request.form["token"] ?? ""
      guard SecretText.matches(token, session.token) else {
        return OutsidePages.refusal(.foreign)
      }
      return await Routes.answer(visit(session, request, head))
    }
  }
}

extension WebService {
  /// Begins a session in a browser, and leads on.
  private func enter(
    with code: String, to address: String?, having present: Session?
  ) async -> WebResponse {
    var response = WebResponse.seeOther(address ?? reader.address([], []))
    // Whoever goes back to a link that was used is in already.
    guard let session = await gatekeeper.doorkeeper.enter(with: code, having: present) ?? present
    else { return OutsidePages.refusal(.stranger) }
    guard session != present else { return response }
    let name = Cookies.sessionName(port: gatekeeper.addresses.port)
    response.headers.append(
      (
        "Set-Cookie",
        "\(name)=\(session.cookie); Path=/\(reader.prefix)/; HttpOnly; SameSite=Strict"
      ))
    return response
  }

  private func visit(_ session: Session, _ request: WebRequest, _ head: RequestHead) -> Visit {
    let cookies = Cookies(head.headers["cookie"])
    return Visit(
      library: library, reader: reader, request: request,
      words: Words(acceptLanguage: head.headers["accept-language"].first),
      preferences: Preferences(cookie: cookies[Preferences.cookieName] ?? ""),
      session: session.name, token: session.token, isReadOnly: session.isReadOnly)
  }
}
