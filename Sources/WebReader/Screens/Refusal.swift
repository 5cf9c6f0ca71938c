import Satchel

/// A form that could not be done, with what was typed in it: its page is shown again.
struct Refusal: Sendable {
  let form: Form
  let fields: Fields
  /// Why.
  let reason: Markup
  /// The places of a passage that stands in the text several times.
  var places: [HighlightAnchor] = []

  enum Form: Sendable, Equatable {
    case tag, note, title, highlight
    case highlightNote(HighlightID)
  }

  var markup: Markup { .problem(reason) }

  /// What was typed in a field of a form; nil where it is another form that was refused.
  func typed(_ field: String, in form: Form) -> String? {
    self.form == form ? fields[field].map { FormText.received($0) } : nil
  }
}

extension Optional where Wrapped == Refusal {
  /// What a form begins with: what was typed in it, or what is there.
  func value(_ field: String, in form: Refusal.Form, else present: String) -> String {
    flatMap { $0.typed(field, in: form) } ?? present
  }

  /// What a form keeps of what its author was shown. One that was refused still answers what it
  /// answered when it was first shown, and nothing that came since.
  func memo(_ shown: Shown, in form: Refusal.Form) -> ShownMemo {
    let former = flatMap { $0.typed("shown", in: form) }.flatMap { ShownMemo($0) }
    if let former, former.register == shown.register { return former }
    return ShownMemo(shown, text: FormText.untouched(shown.text ?? ""))
  }
}
