/// Numbers in the sentences that people read.
public enum Wording {
  /// `13,823`.
  public static func number(_ number: some BinaryInteger) -> String {
    var digits = Array(String(number))
    var position = digits.count - 3
    while position > (digits.first == "-" ? 1 : 0) {
      digits.insert(",", at: position)
      position -= 3
    }
    return String(digits)
  }

  /// `1 article`, `41 articles`.
  public static func count(_ number: some BinaryInteger, _ noun: String) -> String {
    "\(Wording.number(number)) \(number == 1 ? noun : plural(noun))"
  }

  private static func plural(_ noun: String) -> String {
    noun.hasSuffix("y") ? noun.dropLast() + "ies" : noun + "s"
  }
}
