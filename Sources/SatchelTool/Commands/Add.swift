import ArgumentParser
import Files
import Foundation
import Satchel

struct Add: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add articles from files, one from standard input, or addresses alone.",
    discussion: """
      An address is kept without a text; nothing is fetched. A page of it that is added later joins \
      it.
      """)

  @Argument(
    help: ArgumentHelp(
      "Markdown, HTML or text files; - for standard input; or addresses, https://host/page.",
      valueName: "files"),
    completion: .file())
  var names: [PlaceArgument] = []

  @Option(help: "The original's address, for a single file.")
  var url: String?

  @Option(help: "The title, for a single file.")
  var title: String?

  @Option(help: "How text is read that says nothing of its encoding itself, such as gb18030.")
  var encoding: TextEncoding?

  @Option(help: "A tag; may be given several times.", completion: .tags)
  var tag: [String] = []

  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if names.count > 1, url != nil || title != nil {
      throw ValidationError("--url and --title go with a single file.")
    }
    if names.isEmpty, url == nil {
      throw ValidationError("Name a file, or an address.")
    }
  }

  func run() async throws {
    let sources = names.isEmpty ? [Source.address(url ?? "")] : names.map { Source($0.text) }
    if let folder = sources.compactMap(\.file).first(where: \.isFolder) {
      throw LibraryError.invalid(
        "\(folder.shown) is a folder: satchel import takes in all its pages")
    }
    let library = try await options.open(dryRun: dryRun.dryRun)
    var importing = ImportOptions()
    importing.tags = tag
    importing.revivesDeleted = true
    var drafts: [ArticleDraft] = []
    var skipped: [ImportSummary.SkippedFile] = []
    var failures: [LibraryError] = []
    let start = Date()
    for source in sources {
      do {
        drafts.append(
          try Interruption.reading { () throws(LibraryError) in try draft(source, library) })
      } catch {
        // One bad file among several is skipped and listed; alone it is the error.
        guard sources.count > 1, case .importUnreadable(let path, let reason) = error else {
          throw error
        }
        skipped.append(ImportSummary.SkippedFile(path: path, reason: "\(reason)"))
        failures.append(error)
      }
    }
    if drafts.isEmpty, let failure = failures.first {
      for file in skipped.dropFirst() {
        options.console.warn(ImportReport.line(skipped: file))
      }
      throw failure
    }
    let addition = try await library.add(drafts, options: importing)
    var additions = AdditionsJSON()
    for (draft, article) in zip(drafts, addition.articles) {
      let id = try await library.shortID(of: article.id)
      tell(draft, id, article.outcome)
      switch article.outcome {
      case .added:
        additions.added.append(AdditionsJSON.Added(id: id, url: draft.url, title: draft.title))
      case .changed: additions.changed.append(id)
      case .unchanged: additions.unchanged += 1
      case .leftOut: break
      }
    }
    var summary = addition.summary
    summary.skipped = skipped + summary.skipped
    try await ImportReport(summary, seconds: -start.timeIntervalSinceNow, dryRun: dryRun.dryRun)
      .end(options, library, additions: additions)
  }

  /// What one word names.
  private enum Source {
    case file(FilePath)
    case address(String)

    /// An address is no file's name, unless a file has it.
    init(_ text: String) {
      let path = FilePath(text: text)
      let isAddress = ["http://", "https://"].contains { text.lowercased().hasPrefix($0) }
      self = isAddress && !path.exists ? .address(text) : .file(path)
    }

    var file: FilePath? {
      if case .file(let path) = self { path } else { nil }
    }
  }

  private func draft(_ source: Source, _ library: Library) throws(LibraryError) -> ArticleDraft {
    var draft: ArticleDraft
    switch source {
    case .file(let file):
      draft = try library.draft(file: file == "-" ? nil : file, encoding: encoding)
    case .address(let address): draft = ArticleDraft(title: "", url: address)
    }
    draft.url = url ?? draft.url
    if let title { (draft.title, draft.isTitleTyped) = (title, true) }
    return draft
  }

  private func tell(_ draft: ArticleDraft, _ id: String, _ outcome: AddedArticle.Outcome) {
    let word =
      switch outcome {
      case .added: dryRun.dryRun ? "Would add" : "Added"
      case .changed: dryRun.dryRun ? "Would change" : "Changed"
      case .unchanged: "Already here:"
      case .leftOut: "Left out"
      }
    options.console.say("\(word) \(id)  \(TerminalEscape.escaped(draft.heading))")
  }
}
