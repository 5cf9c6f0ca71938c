import Files
import Sealing

extension Library {
  /// Invitations to this library that lie in a folder: whoever finds one has the library.
  ///
  /// The library's own secret is none. Only small files are looked at, and no more than a thousand:
  /// this is a warning, not a search.
  public func invitations(in folder: FilePath) -> [FilePath] {
    // A folder that cannot be read shows its finder nothing either, nor does such a file.
    guard let names = try? Folder.names(in: folder) else { return [] }
    let own = try? self.folder.appending(Secret.fileName).real()
    return names.prefix(1_000).map { folder.appending($0) }.filter {
      isInvitation($0) && (try? $0.real()) != own
    }
  }

  private func isInvitation(_ file: FilePath) -> Bool {
    guard
      let bytes = try? InputFile.contents(of: file, .found, limit: Invitation.textLimit),
      let text = String(validating: bytes, as: UTF8.self),
      let invitation = try? Invitation(text: text)
    else { return false }
    return invitation.secret == secret
  }
}
