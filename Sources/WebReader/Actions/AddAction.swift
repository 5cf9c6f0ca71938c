import Satchel

/// Shows what a text or files would add, and adds it when its reader has said so.
struct AddAction {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    switch visit.request.path.dropFirst().first {
    case nil: return try await preview()
    case "confirm": return try await confirm()
    default: return ProblemScreen(visit: visit).nothingHere()
    }
  }

  private func preview() async throws(LibraryError) -> WebResponse {
    let form = visit.request.form
    do throws(LibraryError) {
      var adding = fields
      adding.uploads = visit.request.uploads.filter { $0.bytes > 0 }
      if adding.uploads.isEmpty, let text = form["text"], form.text("text") != nil {
        adding.uploads = [try await held(text)]
        adding.isText = true
      }
      guard !adding.uploads.isEmpty || !adding.address.isEmpty else {
        throw .invalid("an article has an address or a text")
      }
      return try await show(adding)
    } catch {
      return AddScreen(visit: visit, typed: form, error: error).page()
    }
  }

  /// What would be added, with the button that adds it.
  private func show(
    _ adding: Adding, error: LibraryError? = nil
  ) async throws(LibraryError) -> WebResponse {
    let outcome = try await adding.perform(visit.library.dryRun)
    let id =
      adding.uploads.isEmpty
      ? nil : try await visit.reader.uploads.hold(adding.uploads, of: visit.session)
    return AddPreview(visit: visit, adding: adding, outcome: outcome, upload: id, error: error)
      .page()
  }

  private func confirm() async throws(LibraryError) -> WebResponse {
    var adding = fields
    adding.isText = visit.request.form["kind"] == "text"
    if let id = visit.request.form.text("upload") {
      guard let uploads = await visit.reader.uploads.take(id, of: visit.session) else {
        return AddScreen(visit: visit, notice: .uploadGone).page()
      }
      adding.uploads = uploads
    }
    do throws(LibraryError) {
      return try await done(adding.perform(visit.library))
    } catch {
      // What was brought is held once more, so that it can be tried again.
      return try await show(adding, error: error)
    }
  }

  private func done(_ outcome: Adding.Outcome) async throws(LibraryError) -> WebResponse {
    switch outcome {
    case .article(let added, _):
      return .seeOther(visit.address("article", try await visit.library.shortID(of: added.id)))
    case .files(let summary, _):
      return .seeOther(
        visit.address(
          "add",
          fields: [
            "added": "\(summary.added)", "changed": "\(summary.changed)",
            "unchanged": "\(summary.unchanged)",
          ]))
    }
  }

  private var fields: Adding {
    let form = visit.request.form
    return Adding(
      title: form.text("title") ?? "", address: form.text("url") ?? "",
      tags: form.text("tags") ?? "")
  }

  /// A text that was pasted, as a file: so it can wait, and is read as a file is.
  private func held(_ text: String) async throws(LibraryError) -> WebRequest.Upload {
    let kind = visit.request.form["format"].flatMap(BodyFormat.init) ?? .markdown
    do throws(FileError) {
      let file = try await visit.reader.uploads.newFile()
      // As browsers send line ends.
      try file.write(Array(text.replacing("\r\n", with: "\n").utf8))
      return WebRequest.Upload(name: "text.\(kind.ending)", file)
    } catch {
      throw .fileNotWritten(error)
    }
  }
}

extension BodyFormat {
  fileprivate var ending: String {
    switch self {
    case .markdown: "md"
    case .html: "html"
    case .text: "txt"
    }
  }
}
