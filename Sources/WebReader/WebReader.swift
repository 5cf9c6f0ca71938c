import Satchel

/// A library's page for browsers, served on this machine (Protocol 11).
public struct WebReader: Sendable {
  let library: Library

  public init(_ library: Library) { self.library = library }
}
