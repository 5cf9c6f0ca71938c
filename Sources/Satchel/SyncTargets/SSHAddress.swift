import Foundation
import Replication
import Transports

/// A library on a machine that ssh reaches: `ssh://[USER@]HOST[:PORT][/PATH]`.
public struct SSHAddress: Sendable, Equatable, CustomStringConvertible {
  public let user: String?
  public let host: String
  public let port: Int?
  /// The library's folder there: absolute, or from the home folder where it was written after
  /// `/~/`; nil for that machine's default library.
  public let path: String?

  init(_ text: String) throws(LibraryError) {
    let pattern =
      /ssh:\/\/(?:([^@\/]+)@)?(?:\[([0-9A-Za-z:.%_\-]+)\]|([^\/:@\[\]]+))(?::([0-9]+))?(\/.*)?/
    guard let match = text.wholeMatch(of: pattern) else {
      throw .invalid("\(text): an ssh address is ssh://[USER@]HOST[:PORT][/PATH]")
    }
    user = match.1.map(String.init)
    host = String(match.2 ?? match.3 ?? "")
    // ssh would take either for an option.
    guard user?.hasPrefix("-") != true, !host.hasPrefix("-") else {
      throw .invalid("\(text): neither user nor host begins with a hyphen")
    }
    port = match.4.flatMap { Int($0) }
    guard match.4 == nil || (1...65_535).contains(port ?? 0) else {
      throw .invalid("\(text): a port is a number from 1 to 65535")
    }
    let written = match.5.map(String.init) ?? "/"
    let home = written.hasPrefix("/~/") ? String(written.dropFirst(3)) : written
    path = home.isEmpty || home == "/" ? nil : home
  }

  public var description: String {
    let place = path.map { $0.hasPrefix("/") ? $0 : "/~/\($0)" } ?? ""
    let name = host.contains(":") ? "[\(host)]" : host
    return "ssh://\(user.map { "\($0)@" } ?? "")\(name)\(port.map { ":\($0)" } ?? "")\(place)"
  }

  /// What is run here to have `satchel serve --stdio` run there.
  ///
  /// `SATCHEL_SSH` names another command than ssh, with arguments of its own; `SATCHEL_REMOTE` what
  /// satchel is called there.
  ///
  /// - Parameter asksNothing: whether ssh must fail where it would ask for a password.
  func command(
    asksNothing: Bool, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> RemoteCommand {
    let tool = environment["SATCHEL_REMOTE"] ?? "satchel"
    let there = "\(tool) serve --stdio\(path.map { " -L \(SSHAddress.quoted($0))" } ?? "")"
    let address = user.map { "\($0)@\(host)" } ?? host
    let arguments = (port.map { ["-p", "\($0)"] } ?? []) + [address, there]
    guard environment["SATCHEL_SSH"] != nil else {
      // Else ssh waits for ever where something accepts and says nothing; it counts no login.
      let timeout = "ConnectTimeout=\(Limits.silenceSeconds)"
      let batch = asksNothing ? ["-o", "BatchMode=yes"] : []
      return RemoteCommand("ssh", ["ssh", "-o", timeout] + batch + arguments)
    }
    // The shell splits the variable into words, and leaves our own arguments as they are.
    return RemoteCommand(
      "SATCHEL_SSH", ["sh", "-c", "exec $SATCHEL_SSH \"$@\"", "SATCHEL_SSH"] + arguments)
  }

  /// As one word of the other side's shell.
  private static func quoted(_ text: String) -> String {
    "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''"))'"
  }
}
