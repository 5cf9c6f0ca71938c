import Foundation
import Satchel
import WebReader

/// Says how to get into a page that is served.
struct WebAnnouncement {
  private let door: Door
  private let console: Console

  init(_ door: Door, _ console: Console) {
    (self.door, self.console) = (door, console)
  }

  func tell() async throws {
    let link = await door.link()
    let networkLink = await door.networkLink()
    if console.isJSON {
      return console.json(
        ListeningLine(
          address: door.address, port: door.port, link: link, networkLink: networkLink))
    }
    console.print(link)
    console.say(
      "Open this link in a browser on this machine. It works once. Control-C stops the page.")
    guard let networkLink else { return }
    console.note(
      "there is no encryption: whoever shares the network can read what other devices read, and "
        + "use their access.")
    show(networkLink)
    if showsMore { showMore() }
  }

  /// Whether somebody can press a key.
  private var showsMore: Bool { Terminal.input.isThere && !console.asksNothing }

  private func show(_ link: String) {
    if Terminal.output.isThere, let picture = QRCode.text(of: link) { console.print(picture) }
    console.print(link)
    console.say(
      "For one other device, within \(Door.networkLinkSeconds / 60) minutes."
        + (showsMore ? " Enter shows another." : ""))
  }

  /// Shows another link for each line that is typed. What waits for the keyboard is no task: it cannot
  /// be cancelled, and ends with the process.
  private func showMore() {
    let (lines, typed) = AsyncStream<Void>.makeStream()
    Thread.detachNewThread {
      while readLine() != nil { typed.yield() }
      typed.finish()
    }
    Task {
      for await _ in lines {
        if let link = await door.networkLink() { show(link) }
      }
    }
  }

  /// The keys are promised: change none.
  private struct ListeningLine: Encodable {
    let type = "listening"
    let address: String
    let port: Int
    let link: String
    /// For another device; only with --lan.
    let networkLink: String?

    enum CodingKeys: String, CodingKey {
      case type, address, port, link
      case networkLink = "network_link"
    }
  }
}
