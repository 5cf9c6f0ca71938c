import Satchel

/// Why a text is no query, and what to do.
extension FilterError {
  var chinese: Markup {
    switch reason {
    case .unknownField(let name, _): "没有字段“\(name)”"
    case .noValue: "这里缺少内容"
    case .unknownState(let name, _): "没有状态“\(name)”"
    case .notADay: "这不是日期"
    case .notANumber(let maximum): "这不是 0 到 \(maximum) 之间的数"
    case .openQuotation: "引号没有成对"
    case .openParenthesis: "括号没有成对"
    case .emptyParentheses: "括号里没有内容"
    case .strayOperator("NOT"): "NOT 后面要有查找的内容"
    case .strayOperator(let word): "\(word) 要放在两项查找内容之间"
    case .notAViewName: "视图不能用这样的名称"
    case .tooLong: "查询太长"
    }
  }

  var pageRemedy: Phrase {
    switch reason {
    case .unknownField(let name, let guess):
      Phrase(
        remedy,
        (guess.map { "您是指 \($0) 吗？" } ?? "") + "要查找这些字本身，请加引号：\"\(name):…\"")
    case .noValue: Phrase("The help page says what can be asked.", "帮助页面说明了可以查询什么。")
    case .unknownState(_, let guess):
      Phrase(
        remedy,
        guess.map { "您是指 \($0) 吗？" }
          ?? "可用的状态：" + FilterState.allCases.map(\.rawValue).joined(separator: "、"))
    case .notADay:
      Phrase(remedy, "日期写作 2026-03-13、2026-03、2026、today、yesterday、7d、2w、3m 或 1y。")
    case .notANumber: Phrase(remedy, "比较用 <、<=、>、>= 或 =，例如 rating:>=3。")
    case .openQuotation: Phrase(remedy, "请补上另一半，或去掉它。")
    case .openParenthesis, .emptyParentheses: Phrase(remedy, "要查找括号本身，请去掉它。")
    case .strayOperator: Phrase(remedy, "要查找这个词本身，请用小写或加引号。")
    case .notAViewName: Phrase("The sidebar shows the views there are.", "侧栏列出了现有的视图。")
    case .tooLong:
      Phrase(
        remedy,
        "查询最多 \(ArticleFilter.maximumBytes) 字节、\(ArticleFilter.maximumItems) 项、"
          + "\(ArticleFilter.maximumDepth) 层。")
    }
  }
}

extension QueryError {
  var chinese: Markup {
    switch self {
    case .noSuchView(let name): "没有名为“\(name)”的视图。"
    case .loop(let name): "视图“\(name)”引用了自己，或引用了太多视图。"
    case .unreadable(let name, let error): "视图“\(name)”无法读取：\(error.chinese)。"
    case .noWords: "没有可以查找的词。"
    case .asksForTexts: "保留哪些正文只能按文章的已知信息决定。"
    }
  }

  var pageRemedy: Phrase {
    switch self {
    case .noSuchView: Phrase("The sidebar shows the views there are.", "侧栏列出了现有的视图。")
    case .loop, .unreadable:
      Phrase(
        "Remove the view, or keep another query under its name.", "请移除该视图，或用同名保存另一个查询。")
    case .noWords, .asksForTexts:
      Phrase("The help page says what can be asked.", "帮助页面说明了可以查询什么。")
    }
  }
}
