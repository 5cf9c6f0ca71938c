import ArgumentParser
import Foundation
import Satchel
import WebReader

struct Web: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "web", abstract: "Read the library in a browser.",
    discussion: """
      Serves the reader's page to this machine alone, until Control-C, or until nobody has asked for \
      anything for an hour. The link that is printed lets one browser in, once.

      With --lan, other devices of your network may read, those that you let in: each scans a \
      QR code from the terminal, which works once, within two minutes. What they read is not encrypted \
      on its way.
      """)

  @Option(help: "The address of this machine to listen on.") var bind = "127.0.0.1"
  @Option(help: "The port; 0 takes a free one.") var port = 0
  @Flag(help: "Open it in your browser; where the page runs already, open that.") var open = false
  @Flag(help: "Serve other devices of your network too, which may read.") var lan = false
  @Flag(help: "Let other devices change the library.") var write = false
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("A port is a number from 0 to 65535.")
    }
    if write && !lan { throw ValidationError("--write goes with --lan.") }
    if lan && bind != "127.0.0.1" { throw ValidationError("--lan listens on all addresses.") }
  }

  func run() async throws {
    let library = try await options.openToServe()
    let console = options.console
    if open, !lan, let link = await RunningPage(of: library.folder)?.link() {
      return try await Browser(console).open(link)
    }
    OpenFiles.raiseLimit()
    var serving = WebReader.Options()
    (serving.address, serving.port) = (bind, port)
    serving.network = lan ? write ? .writes : .reads : .none
    let opens = open
    try await WebReader(library).run(serving) { door in
      try await WebAnnouncement(door, console).tell()
      if opens { try await Browser(console).open(await door.link()) }
    }
  }
}
