import ArgumentParser
import Foundation
import Satchel

struct Add: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add articles from files, or one from standard input.")

  @Argument(help: "Markdown, HTML or text files; - for standard input.", completion: .file())
  var files: [String]

  @Option(help: "The original's address, for a single file.")
  var url: String?

  @Option(help: "The title, for a single file.")
  var title: String?

  @Option(help: "A tag; may be given several times.")
  var tag: [String] = []

  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if files.count > 1, url != nil || title != nil {
      throw ValidationError("--url and --title go with a single file.")
    }
  }

  func run() async throws {
    for file in files {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), isFolder.boolValue
      else { continue }
      throw LibraryError.invalid("\(file) is a folder: satchel import takes in all its pages")
    }
    let library = try await options.open(dryRun: dryRun.dryRun)
    var importing = ImportOptions()
    importing.tags = tag
    importing.revivesDeleted = true
    var total = ImportSummary()
    let start = Date()
    for file in files {
      do {
        total.add(try await add(file, to: library, importing))
      } catch {
        // One bad file among several is skipped and listed; alone it is the error.
        guard files.count > 1, case .importUnreadable(let path, let reason) = error else {
          throw error
        }
        total.skipped.append(ImportSummary.SkippedFile(path: path, reason: "\(reason)"))
      }
    }
    try ImportReport(total, seconds: -start.timeIntervalSinceNow, dryRun: dryRun.dryRun)
      .end(options, showsCounts: false)
  }

  private func add(
    _ file: String, to library: Library, _ importing: ImportOptions
  ) async throws(LibraryError) -> ImportSummary {
    var draft = try library.draft(file: file == "-" ? nil : file)
    draft.url = url ?? draft.url
    draft.title = title ?? draft.title
    let (id, summary) = try await library.add(draft, options: importing)
    let word = summary.added > 0 ? "Added" : summary.changed > 0 ? "Changed" : "Already here:"
    let name = dryRun.dryRun ? id.description : try await library.shortID(of: id)
    options.console.say("\(word) \(name)  \(TerminalEscape.escaped(draft.title))")
    return summary
  }
}
