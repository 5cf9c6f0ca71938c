import Coding
import Replication

extension BundleError: CustomStringConvertible {
  /// What is wrong, as one clause for people, without the path.
  public var description: String {
    switch self {
    case .notABundle: "it is not a bundle"
    case .truncated(let frame, let total): "it ends within \(BundleError.place(frame, total))"
    case .damaged(let frame, let total, let error):
      "\(BundleError.place(frame, total)) is damaged (\(error))"
    case .malformed(let what): "it is damaged: \(what)"
    case .newerVersion(let version): "it needs a satchel that reads version \(version)"
    case .foreignLibrary: "it belongs to another library"
    case .notForThisLibrary: "it is sealed for another library"
    case .signatureRefused: "its signature is not this library's"
    case .sealDamaged(let error): "its seal is damaged or cut short (\(error))"
    case .sealedWithoutSecret: "it is sealed, and there is no secret to open it"
    case .partTooSmall(let needed):
      "its parts must be allowed at least \(Wording.count(needed, "byte"))"
    case .changed(let frame, let total):
      "frame \(frame) of \(total) changed while the file was read"
    case .file(let error): error.reason
    }
  }

  /// What to do about it.
  package var remedy: String? {
    switch self {
    case .truncated, .damaged, .malformed, .sealDamaged:
      "Copy the file again, or take what is whole with satchel merge --salvage."
    case .newerVersion: "Update satchel here."
    case .notForThisLibrary, .foreignLibrary:
      "Merge is for members; ask for an invitation to its library."
    case .signatureRefused: "Get the file again from its maker."
    case .sealedWithoutSecret: "-L names a library whose members it is for."
    case .partTooSmall: "--split takes a larger size."
    case .changed: "Copy it to a place where nothing else writes it."
    case .notABundle, .file: nil
    }
  }

  private static func place(_ frame: Int, _ total: Int?) -> String {
    total.map { "frame \(frame) of \($0)" } ?? "frame \(frame)"
  }
}
