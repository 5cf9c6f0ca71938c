/// The version of the rules by which foreign files are read (Protocol 5.9).
///
/// It goes up by one whenever a release makes another text, title or other fact of a file that an
/// earlier one read too, so that what the later one read is not replaced by the earlier one.
package enum ReaderVersion {
  /// 2: mirrored pages are told one by one, and standing matter is left out. What 1 read says no
  /// number.
  package static let current = 2
}
