import ArgumentParser
import Files
import Foundation
import Satchel

struct Add: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add articles from files, or one from standard input.")

  @Argument(help: "Markdown, HTML or text files; - for standard input.", completion: .file())
  var files: [FilePath]

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
    if files.count > 1, url != nil || title != nil {
      throw ValidationError("--url and --title go with a single file.")
    }
  }

  func run() async throws {
    if let folder = files.first(where: \.isFolder) {
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
    for file in files {
      do {
        drafts.append(
          try Interruption.reading { () throws(LibraryError) in try draft(file, library) })
      } catch {
        // One bad file among several is skipped and listed; alone it is the error.
        guard files.count > 1, case .importUnreadable(let path, let reason) = error else {
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

  private func draft(_ file: FilePath, _ library: Library) throws(LibraryError) -> ArticleDraft {
    var draft = try library.draft(file: file == "-" ? nil : file, encoding: encoding)
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
    options.console.say("\(word) \(id)  \(TerminalEscape.escaped(draft.title))")
  }
}
