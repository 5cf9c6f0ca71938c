/// The folders in which mirrors keep all their pages, and which name no channel of theirs.
enum MirrorFolder {
  private static let names = ["pages", "posts"]

  static func holdsAllPages(_ name: some Sequence<UInt8>) -> Bool {
    let name = Array(name)
    return names.contains { name.elementsEqual($0.utf8) }
  }
}
