import ArgumentParser
import Satchel

struct Share: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "share",
    abstract: "Print an article's original address, on a terminal as a QR code too.",
    discussion: "The address is all that is shared: nothing of the library, and not its text.")

  @Argument(help: "An id or an address.", completion: .articles) var article: String
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open()
    let row = try await library.article(article)
    let console = options.console
    if options.json {
      return console.json(
        Shared(id: row.shortID, url: row.article.url, title: row.article.title))
    }
    guard let url = row.article.url else {
      throw ErrorReport(
        code: ExitCode.notFound.rawValue,
        message: "\(row.shortID) has no address: it was added from a file.", hint: nil)
    }
    console.print(TerminalEscape.escaped(url))
    guard Terminal.output.isThere, !options.quiet else { return }
    // A code that the terminal would break is none.
    guard let picture = QRCode.text(of: url),
      picture.prefix(while: { $0 != "\n" }).count <= console.width
    else { return console.note("the address is too long for a QR code on this terminal.") }
    console.print("\n\(picture)")
  }

  /// The keys are promised: change none.
  private struct Shared: Encodable {
    let id: String
    let url: String?
    let title: String

    enum CodingKeys: CodingKey {
      case id, url, title
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(id, forKey: .id)
      // Also where it is null.
      try container.encode(url, forKey: .url)
      try container.encode(title, forKey: .title)
    }
  }
}
