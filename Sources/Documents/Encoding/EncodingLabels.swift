/// The labels of the Encoding Standard, and what `iconv` calls the encodings.
enum EncodingLabels {
  /// The encodings by their labels in lower case.
  static let names: [String: String] = {
    var names: [String: String] = [:]
    for line in table.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard let name = words.first else { continue }
      for label in words { names[label] = name }
    }
    for (number, year) in numbered {
      for label in ["iso-8859-", "iso8859-", "iso8859", "iso_8859-"] {
        names["\(label)\(number)"] = "iso-8859-\(number)"
      }
      if let year { names["iso_8859-\(number):\(year)"] = "iso-8859-\(number)" }
    }
    // The standard reads them as what Windows made of them, and UTF-16 as most wrote it.
    for (label, name) in [("1", "windows-1252"), ("9", "windows-1254"), ("11", "windows-874")] {
      for prefix in ["iso-8859-", "iso8859-", "iso8859"] { names[prefix + label] = name }
    }
    return names
  }()

  /// The names by which `iconv` may know the encoding, the closest to the standard first.
  static func iconvNames(of name: String) -> [String] { iconv[name] ?? [name] }
}

extension EncodingLabels {
  /// ISO 8859 under its own numbers, and the years that long labels end with.
  private static let numbered: [(Int, Int?)] = [
    (2, 1987), (3, 1988), (4, 1988), (5, 1988), (6, 1987), (7, 1987), (8, 1988), (10, nil),
    (13, nil), (14, nil), (15, nil), (16, nil),
  ]

  /// In each line an encoding and its other labels.
  private static let table = """
    utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8
    utf-16le utf-16 csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff
    utf-16be unicodefffe
    gb18030
    gbk chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 x-gbk cp936
    big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950
    shift_jis csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis cp932
    euc-jp cseucpkdfmtjapanese x-euc-jp
    iso-2022-jp csiso2022jp
    euc-kr cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 \
    windows-949 cp949
    windows-874 dos-874 tis-620
    windows-1250 cp1250 x-cp1250
    windows-1251 cp1251 x-cp1251
    windows-1252 ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-ir-100 iso_8859-1 \
    iso_8859-1:1987 l1 latin1 us-ascii x-cp1252
    windows-1253 cp1253 x-cp1253
    windows-1254 cp1254 csisolatin5 iso-ir-148 iso_8859-9 iso_8859-9:1989 l5 latin5 x-cp1254
    windows-1255 cp1255 x-cp1255
    windows-1256 cp1256 x-cp1256
    windows-1257 cp1257 x-cp1257
    windows-1258 cp1258 x-cp1258
    iso-8859-2 csisolatin2 iso-ir-101 l2 latin2
    iso-8859-3 csisolatin3 iso-ir-109 l3 latin3
    iso-8859-4 csisolatin4 iso-ir-110 l4 latin4
    iso-8859-5 csisolatincyrillic cyrillic iso-ir-144
    iso-8859-6 arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e \
    iso-8859-6-i iso-ir-127
    iso-8859-7 csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 sun_eu_greek
    iso-8859-8 csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 visual csiso88598i \
    iso-8859-8-i logical
    iso-8859-10 csisolatin6 iso-ir-157 l6 latin6
    iso-8859-15 csisolatin9 l9
    ibm866 866 cp866 csibm866
    koi8-r cskoi8r koi koi8 koi8_r
    koi8-u koi8-ru
    macintosh csmacintosh mac x-mac-roman
    x-mac-cyrillic x-mac-ukrainian
    """

  /// Where the names differ. GB18030 holds all of GBK, which holds all of GB 2312.
  private static let iconv: [String: [String]] = [
    "gbk": ["GB18030"], "gb18030": ["GB18030"], "big5": ["BIG5-HKSCS", "BIG5HKSCS"],
    "shift_jis": ["CP932", "SHIFT_JIS"], "euc-jp": ["EUC-JP-MS", "EUC-JP"],
    "euc-kr": ["CP949", "UHC", "EUC-KR"], "windows-874": ["CP874"], "ibm866": ["CP866"],
    "x-mac-cyrillic": ["MAC-UK", "MACUKRAINE", "MAC-CYRILLIC"],
    "macintosh": ["MACINTOSH", "MACROMAN"],
    "windows-1250": ["CP1250"], "windows-1251": ["CP1251"], "windows-1252": ["CP1252"],
    "windows-1253": ["CP1253"], "windows-1254": ["CP1254"], "windows-1255": ["CP1255"],
    "windows-1256": ["CP1256"], "windows-1257": ["CP1257"], "windows-1258": ["CP1258"],
  ]
}
