import Satchel

// What actions that write texts have in common.
extension Visit {
  /// What a text answers, as its form tells (Protocol 11.5); nil where that does not read, or
  /// speaks of another text than the present one.
  func shown(of present: Shown, sending text: String) -> Shown? {
    request.form["shown"].flatMap { ShownMemo($0) }?.shown(of: present.register, sending: text)
  }

  /// Says that nothing is known of what a form's author was shown.
  var oldForm: Markup { "<p>\(words(.oldForm))</p>\n" }

  /// What went wrong.
  func markup(_ error: LibraryError) -> Markup { ProblemText(words).markup(error) }

  /// Throws what kept a register from being written.
  func check(_ change: Change) throws(LibraryError) { try check(leftOut: change.leftOut) }

  func check(leftOut: [LeftOut]) throws(LibraryError) {
    if let refused = leftOut.first { throw .store(.refused(refused.reason)) }
  }
}

extension Phrase {
  fileprivate static let oldForm = Phrase(
    """
    Nothing was saved, because this form is too old or incomplete. Compare your text with what is there \
    now and save again.
    """, "尚未保存：表单已过期或不完整。请对照现有内容检查您的输入，然后再次保存。")
}
