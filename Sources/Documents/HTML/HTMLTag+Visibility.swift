extension HTMLTag {
  /// Whether the page says that the element is not to be shown.
  var isHidden: Bool {
    for attribute in attributes {
      if attribute.isNamed("hidden") { return true }
      if attribute.isNamed("style") && attribute.rawValue.hidesElement { return true }
    }
    return false
  }

  /// Whether an image is a counter rather than a picture: one pixel wide or high, or none.
  var isPixel: Bool {
    [rawValue(of: "width"), rawValue(of: "height")].contains { value in
      let digits = value?.prefix { $0.isASCIIDigit } ?? []
      return digits.elementsEqual([0x30]) || digits.elementsEqual([0x31])
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether a style holds `display: none`.
  fileprivate var hidesElement: Bool {
    let style = String(lowercasingASCII: filter { !$0.isHTMLSpace }[...])
    return style.split(separator: ";").contains {
      $0 == "display:none" || $0.hasPrefix("display:none!")
    }
  }
}
