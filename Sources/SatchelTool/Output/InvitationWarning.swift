import Files
import Satchel

/// Warns where the library's key lies beside what it opens.
enum InvitationWarning {
  static func tell(_ library: Library, in folders: [FilePath], _ console: Console) {
    var seen: Set<FilePath> = []
    for folder in folders where seen.insert(folder).inserted {
      for file in library.invitations(in: folder) {
        let name = TerminalEscape.escaped(file.shown)
        console.warn(
          "\(name) is an invitation to this library: whoever finds it there has the library. Take "
            + "it away, and hand it over another way.")
      }
    }
  }
}
