import Files
import Foundation
import Processes
import Satchel

/// The user's browser.
struct Browser {
  private let console: Console

  init(_ console: Console) { self.console = console }

  /// Opens a link that lets in, by a file that only its user can read: what stands on a command line
  /// all users of a machine can see.
  ///
  /// Where there is no browser, says so and prints the link.
  func open(_ link: String) async throws {
    let file = try LinkFile.write(link)
    for command in Browser.commands where await Browser.start(command, file) { return tell(nil) }
    console.warn("no browser could be opened: open the link yourself.")
    tell(link)
  }

  /// Starts a browser; returns whether it took the file. One that shows pages itself goes on, one that
  /// hands them to another ends soon.
  private static func start(_ command: [String], _ file: FilePath) async -> Bool {
    let words = filled(command, file.text)
    guard let process = try? DetachedProcess(words[0], Array(words.dropFirst())) else {
      return false
    }
    let ending = await process.ending(within: .seconds(5))
    return ending == nil || ending == .exited(0)
  }

  /// A command with what it is to open: where it says `%s`, and at its end where it says so nowhere.
  static func filled(_ command: [String], _ file: String) -> [String] {
    guard command.contains(where: { $0.contains("%s") }) else { return command + [file] }
    return command.map { $0.replacing("%s", with: file) }
  }

  /// - Parameter link: what is left to be opened.
  private func tell(_ link: String?) {
    if console.isJSON {
      console.json(OpenedLine(opened: link == nil, link: link))
    } else if let link {
      console.print(link)
    } else {
      console.say("Opened the page in your browser.")
      // One in a container of its own may be kept from reading the file, and says nothing of it here.
      console.say("If nothing shows: satchel web prints a link.")
    }
  }

  /// The keys are promised: change none.
  private struct OpenedLine: Encodable {
    let type = "opened"
    let opened: Bool
    /// Only where it was not opened.
    let link: String?
  }

  /// What may open a file, in this order: `$BROWSER`, a list as other programs know it, then what the
  /// system has for it.
  static var commands: [[String]] {
    let named = getenv("BROWSER").map { String(cString: $0) } ?? ""
    let commands = named.split(separator: ":").map { entry in
      entry.split(separator: " ").map(String.init)
    }
    return commands.filter { !$0.isEmpty } + system
  }

  private static var system: [[String]] {
    #if os(macOS)
      return [["open"]]
    #else
      // Without a screen it would look for a browser of the terminal, which has none here.
      let hasScreen = getenv("DISPLAY") != nil || getenv("WAYLAND_DISPLAY") != nil
      return hasScreen ? [["xdg-open"]] : []
    #endif
  }
}

/// A page of mode 0600 that leads on to a link.
private enum LinkFile {
  private static let beginning = "open-"
  /// Links are good once: a browser that has not read its file by then never will.
  private static let seconds: Int64 = 60

  static func write(_ link: String) throws -> FilePath {
    let folder = Library.Options().stateDirectory
    do {
      if !folder.exists { try Folder.make(folder, .owner) }
      clear(folder)
      let path = folder.appending("\(beginning)\(UInt64.random(in: 0...UInt64.max)).html")
      // A link consists of letters, digits and signs that mean nothing in HTML.
      let page = """
        <!doctype html>
        <meta charset="utf-8">
        <meta http-equiv="refresh" content="0; url=\(link)">
        <title>Satchel</title>

        """
      try OutputFile.write(Array(page.utf8), to: path, .owner, .new)
      return path
    } catch {
      throw LibraryError.fileNotWritten(error)
    }
  }

  private static func clear(_ folder: FilePath) {
    let names = try? Folder.names(in: folder, startingWith: beginning)
    let now = Int64(Date().timeIntervalSince1970)
    for name in names ?? [] {
      let path = folder.appending(name)
      guard let status = try? FileStatus(of: path, followingLinks: false), status.kind == .file,
        now - status.modified / 1_000_000_000 > seconds
      else { continue }
      // One that stays lets nobody in.
      try? path.remove()
    }
  }
}
