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
      """)

  @Option(help: "The address to listen on.") var bind = "127.0.0.1"
  @Option(help: "The port; 0 takes a free one.") var port = 0
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("A port is a number from 0 to 65535.")
    }
  }

  func run() async throws {
    let library = try await options.openToServe()
    var serving = WebReader.Options()
    (serving.address, serving.port) = (bind, port)
    let console = options.console
    try await WebReader(library).run(serving) { door in
      let link = await door.link()
      if console.isJSON {
        console.json(ListeningLine(address: door.address, port: door.port, link: link))
      } else {
        console.print(link)
        console.say("Open it in a browser of this machine. Control-C ends the page.")
      }
    }
  }

  /// The keys are promised: change none.
  private struct ListeningLine: Encodable {
    let type = "listening"
    let address: String
    let port: Int
    let link: String
  }
}
