import ArgumentParser
import Foundation
import Satchel

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Answer this library's other replicas over TCP.",
    discussion: """
      Whoever has no invitation learns nothing, not even that a library is here. Control-C ends it: \
      what is being committed is finished.
      """)

  @Option(help: "The address to listen on; :: is every one of this machine, IPv4 too.")
  var bind = "::"
  @Option(help: "The port; 0 takes a free one and prints it as JSON.")
  var port = Library.defaultPort
  @Flag(help: "End after one session, with its exit code.") var once = false
  @Flag(help: "Answer one replica over standard input and output, for ssh.") var stdio = false
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("A port is a number from 0 to 65535.")
    }
  }

  func run() async throws {
    let library = try await options.open()
    if stdio { return try await answer(library) }
    OpenFiles.raiseLimit()
    let (console, printsPort) = (options.console, port == 0)
    try await library.serve(on: bind, port: port, once: once) { event in
      ServeLog(console: console, library: library.shortName, printsPort: printsPort).tell(event)
    }
  }
}

extension Serve {
  /// What goes wrong between the two sides, the other one tells its user; this one's messages go
  /// the same way, and would say it twice.
  private func answer(_ library: Library) async throws {
    do {
      _ = try await library.serveStandardStreams()
    } catch let error {
      switch error {
      case .connection(_, .cannotListen): throw error
      case .connection, .session, .endedEarly(.connection, _), .endedEarly(.session, _):
        throw Outcome(code: error.exitCode)
      default: throw error
      }
    }
  }
}

/// What `serve` prints: a line for each session.
private struct ServeLog {
  let console: Console
  let library: String
  let printsPort: Bool

  func tell(_ event: ServeEvent) {
    switch event {
    case .listening(let address, let port):
      if printsPort || console.isJSON {
        console.json(ListeningLine(address: address, port: port))
      } else {
        console.say("Serving library \(library) on port \(port) of \(address). Control-C ends it.")
      }
    case .served(let address, let result):
      if console.isJSON { return console.json(ServedLine(address, result)) }
      console.say(line(address, result))
    case .failed(let address, let error):
      console.fail(
        ErrorReport(code: error.exitCode, message: explanation(of: error, address), hint: nil))
    case .strangerLeft(let address):
      if console.isVerbose {
        console.note("\(address) connected and is no replica of this library.")
      }
    }
  }

  private func explanation(of error: LibraryError, _ address: String) -> String {
    switch error {
    case .connection, .session, .endedEarly(.connection, _), .endedEarly(.session, _):
      error.message
    default: "\(address): \(error.message)"
    }
  }

  private func line(_ address: String, _ session: SessionSummary) -> String {
    let replica = session.peer.map { String($0.description.prefix(8)) } ?? "?"
    let time = Text.time(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
    let who = "\(time) replica \(replica) at \(address)"
    guard !session.hadNothingNew else { return "\(who): nothing new." }
    return "\(who): received \(ServeLog.content(session.received)), "
      + "sent \(ServeLog.content(session.sent))."
  }

  private static func content(_ flow: SessionSummary.Flow) -> String {
    "\(Text.count(flow.newOperations, "operation")) and \(Text.count(flow.bodies, "body"))"
  }
}

private struct ListeningLine: Encodable {
  let type = "listening"
  let address: String
  let port: Int
}

private struct ServedLine: Encodable {
  let type = "session"
  let address: String
  let replica: String?
  let received: MergeJSON.Flow
  let sent: MergeJSON.Flow
  let wire: MergeJSON.Wire

  init(_ address: String, _ session: SessionSummary) {
    self.address = address
    replica = session.peer?.description
    received = ServedLine.flow(session.received)
    sent = ServedLine.flow(session.sent)
    wire = MergeJSON.Wire(received: session.wireBytesReceived, sent: session.wireBytesSent)
  }

  private static func flow(_ flow: SessionSummary.Flow) -> MergeJSON.Flow {
    MergeJSON.Flow(
      operations: flow.operations, new: flow.newOperations, bodies: flow.bodies, bytes: flow.bytes)
  }
}
