/// About how long one reads a text: 230 words a minute, and 400 characters of scripts that part no
/// words.
struct ReadingTime {
  private var words = 0
  private var characters = 0

  /// - Parameter html: of the text, as this program writes it.
  init(html: [UInt8]) {
    var (isInTag, isInWord) = (false, false)
    for byte in html {
      switch byte {
      case UInt8(ascii: "<"): (isInTag, isInWord) = (true, false)
      case UInt8(ascii: ">"): isInTag = false
      case _ where isInTag: break
      case 0...0x20: isInWord = false
      // The first byte of kana and Han, of which punctuation is a small part.
      case 0xE3...0xE9: (characters, isInWord) = (characters + 1, false)
      case 0x80..<0xC0: break
      default:
        if !isInWord { words += 1 }
        isInWord = true
      }
    }
  }

  var minutes: Int { max(1, (words * 400 + characters * 230 + 46_000) / 92_000) }
}
