import Articles

/// A page as it is stored, taken out of its file.
struct OpenedPage {
  var text: [UInt8]
  /// Those that the file itself holds.
  var images: [ImageDraft] = []
  /// What stands in the file around the page.
  var envelope = Envelope()

  /// What whoever saved a page wrote beside it.
  struct Envelope {
    /// Where the page was found.
    var address: String?
    var title: String?
    /// When it was saved.
    var saved: String?
  }
}
